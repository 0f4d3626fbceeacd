using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes −x of each element.</summary>
    /// <remarks>y = −x, dy/dx = −1.</remarks>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public Tensor Negate() => Op.Apply(new NegateOp(), this);

    /// <inheritdoc cref="Negate()"/>
    public static Tensor operator -(Tensor x) => x.Negate();
}

internal sealed class NegateOp : NumericUnaryOp
{
    protected override Saves Saves => Saves.None;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => -dy;

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => -x;

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => -x;
    }
}
