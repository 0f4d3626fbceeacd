using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Raises this tensor to a power, element by element, broadcast.</summary>
    /// <returns>A tensor of the common shape.</returns>
    /// <remarks>y = xᵖ, ∂y/∂x = p·xᵖ⁻¹ (0 where p = 0), ∂y/∂p = y·ln x (0 where x = 0 and p ≥ 0). x⁰ = 1 for every x; a negative x to a
    /// fractional power is NaN.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are not of floating point.</exception>
    public Tensor Pow(Tensor other) => Op.Apply(new PowOp(), this, other);

    /// <inheritdoc cref="Pow(Tensor)"/>
    public Tensor Pow(Scalar other) => Pow(OfScalar(other, this));
}

internal sealed class PowOp : FloatingBinaryOp
{
    protected override Saves Saves => Saves.Inputs | Saves.Output;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (NeedsGradient(0) ? BaseGradient(dy, a, b) : null, NeedsGradient(1) ? ExponentGradient(dy, a, b, y) : null);

    /// <summary>At p = 0 the power x^(−1) would make 0·∞ of a zero x, so another exponent stands in there.</summary>
    private static Tensor BaseGradient(Tensor dy, Tensor x, Tensor p)
    {
        Tensor isConstant = p.Equal(0);
        return Tensor.Where(isConstant, 0, dy * p * x.Pow(Tensor.Where(isConstant, 1, p) - 1));
    }

    /// <summary>
    /// Where x = 0 and p ≥ 0 the limit is 0, and 1 stands in for x, so that the logarithm and its own gradient stay finite.
    /// </summary>
    private static Tensor ExponentGradient(Tensor dy, Tensor x, Tensor p, Tensor y)
    {
        Tensor isZero = Tensor.Where(x.Equal(0), p.GreaterOrEqual(0), false);
        return Tensor.Where(isZero, 0, dy * y * Tensor.Where(isZero, 1, x).Log());
    }

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Invoke(T a, T b) => T.Pow(a, b);
    }
}
