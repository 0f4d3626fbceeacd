using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the fraction of each element, with its sign.</summary>
    /// <remarks>y = x − trunc x, dy/dx = 1. NaN at ±∞.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Frac() => Op.Apply(new FracOp(), this);
}

internal sealed class FracOp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.None;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy;

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x - T.Truncate(x);

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => x - TVector.Truncate(x);
    }
}
