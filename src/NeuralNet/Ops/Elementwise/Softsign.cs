using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the softsign of each element.</summary>
    /// <returns>A tensor of the same shape, with every element in (−1, 1).</returns>
    /// <remarks>y = x/(1 + |x|), dy/dx = 1/(1 + |x|)². NaN at ±∞.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Softsign() => Op.Apply(new SoftsignOp(), this);
}

internal sealed class SoftsignOp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) =>
        dy / (1 + x.Abs()).Square();

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x / (Constants<T>.One + (x < Constants<T>.Zero ? -x : x));

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => x / (TVector.Create(T.One) + TVector.Abs(x));
    }
}
