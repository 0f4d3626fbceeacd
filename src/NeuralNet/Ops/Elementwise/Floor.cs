using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Rounds each element down to a whole number.</summary>
    /// <returns>A tensor of the same shape and dtype; integers are whole already.</returns>
    /// <remarks>y = ⌊x⌋. dy/dx = 0.</remarks>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public Tensor Floor() => DType.IsInteger() ? Unchanged() : Op.Apply(new FloorOp(), this);
}

internal sealed class FloorOp : RoundingOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => T.Floor(x);

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => TVector.Floor(x);
    }
}
