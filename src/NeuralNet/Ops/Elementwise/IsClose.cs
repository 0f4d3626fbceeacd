namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Tells where two tensors are nearly equal, element by element, broadcast.</summary>
    /// <param name="other">What is compared with, of the same dtype.</param>
    /// <param name="relativeTolerance">The part of the tolerance that grows with <paramref name="other"/>.</param>
    /// <param name="absoluteTolerance">The part that does not.</param>
    /// <param name="equalNaN">Whether NaN counts as close to NaN.</param>
    /// <returns>A tensor of Bool, of the common shape: |a − b| ≤ absolute + relative·|b|, or a = b.</returns>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is negative.</exception>
    public Tensor IsClose(Tensor other, double relativeTolerance = 1e-5, double absoluteTolerance = 1e-8, bool equalNaN = false)
    {
        ArgumentNullException.ThrowIfNull(other);
        Require.Numeric(nameof(IsClose), Require.SameDType(nameof(IsClose), this, other));
        RequireTolerance(relativeTolerance, nameof(relativeTolerance));
        RequireTolerance(absoluteTolerance, nameof(absoluteTolerance));
        using (Autograd.NoGrad())
        {
            Tensor a = DType.IsInteger() ? Cast(DType.Float64) : this;
            Tensor b = DType.IsInteger() ? other.Cast(DType.Float64) : other;
            Tensor distance = (a - b).Abs();
            // A finite number is not close to an infinite one, however wide the tolerance.
            Tensor near = distance.LessOrEqual(b.Abs() * relativeTolerance + absoluteTolerance) & distance.IsFinite();
            Tensor close = Equal(other) | near;
            return equalNaN ? close | (a.IsNaN() & b.IsNaN()) : close;
        }
    }

    /// <summary>Tells whether two tensors are nearly equal everywhere.</summary>
    /// <returns>Whether <see cref="IsClose"/> holds for all elements; true if there are none.</returns>
    /// <inheritdoc cref="IsClose"/>
    public bool AllClose(Tensor other, double relativeTolerance = 1e-5, double absoluteTolerance = 1e-8, bool equalNaN = false)
    {
        Tensor close = IsClose(other, relativeTolerance, absoluteTolerance, equalNaN);
        return close.Sum().Item<long>() == close.Length;
    }

    private static void RequireTolerance(double tolerance, string name)
    {
        if (!(tolerance >= 0))
            throw new ArgumentOutOfRangeException(name, tolerance, $"IsClose: {name} is {tolerance}. Give a number of at least 0.");
    }
}
