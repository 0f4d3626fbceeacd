using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the reciprocal of each element.</summary>
    /// <remarks>y = 1/x, dy/dx = −y². 1/0 = ∞.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Reciprocal() => Op.Apply(new ReciprocalOp(), this);
}

internal sealed class ReciprocalOp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.Output;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => -dy * y * y;

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => Constants<T>.One / x;

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => TVector.Create(T.One) / x;
    }
}
