using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Tells which elements are neither infinite nor NaN.</summary>
    /// <returns>A tensor of Bool, of the same shape; true everywhere for integers.</returns>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public Tensor IsFinite() => DType.IsInteger() ? Full(Shape, true, DType.Bool, Device) : Op.Apply(new IsFiniteOp(), this);
}

internal sealed class IsFiniteOp : PredicateOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<byte> y) =>
        backend.Convert<T, byte, Operator<T>>(default, x, y);

    internal readonly struct Operator<T> : IConversionOperator<T, byte>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public byte Invoke(T x) => T.IsFinite(x) ? (byte)1 : (byte)0;
    }
}
