using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Cuts the fraction of each element off.</summary>
    /// <returns>A tensor of the same shape and dtype; integers are whole already.</returns>
    /// <remarks>y is x rounded towards 0. dy/dx = 0.</remarks>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public Tensor Trunc() => DType.IsInteger() ? Unchanged() : Op.Apply(new TruncOp(), this);
}

internal sealed class TruncOp : RoundingOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => T.Truncate(x);

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => TVector.Truncate(x);
    }
}
