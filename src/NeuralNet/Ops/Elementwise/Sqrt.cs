using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the square root of each element.</summary>
    /// <remarks>y = √x, dy/dx = 1/(2y), which is ∞ at 0. Of negative numbers NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Sqrt() => Op.Apply(new SqrtOp(), this);
}

internal sealed class SqrtOp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.Output;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy / (2 * y);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => T.Sqrt(x);

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => TVector.Sqrt(x);
    }
}
