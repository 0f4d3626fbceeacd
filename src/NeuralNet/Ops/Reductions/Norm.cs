namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the p-norm of all elements.</summary>
    /// <inheritdoc cref="Norm(double, ReadOnlySpan{int}, bool)"/>
    public Tensor Norm(double p = 2) => Norm(p, []);

    /// <summary>Computes the p-norm along an axis.</summary>
    /// <inheritdoc cref="Norm(double, ReadOnlySpan{int}, bool)"/>
    public Tensor Norm(double p, int axis, bool keepDims = false) => Norm(p, [axis], keepDims);

    /// <summary>Computes the p-norm along several axes; all, if none is named.</summary>
    /// <param name="p">The order: 2 for the Euclidean length, 1 for the sum of magnitudes, ∞ and −∞ for the largest and the smallest one, 0 for
    /// the number of elements that are not 0.</param>
    /// <param name="axes">The axes; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <remarks>y = (Σ |x|ᵖ)^(1/p). The gradient of an element that is 0 is 0.</remarks>
    /// <exception cref="ShapeException">An axis is out of range, or named twice.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is NaN.</exception>
    /// <exception cref="InvalidOperationException">The order is infinite and there are no elements.</exception>
    public Tensor Norm(double p, ReadOnlySpan<int> axes, bool keepDims = false)
    {
        Require.FloatingPoint(nameof(Norm), DType);
        if (double.IsNaN(p))
            throw new ArgumentOutOfRangeException(nameof(p), p, "Norm: the order is NaN. Give a number, such as 2.");
        int[] reduced = Axes.NormalizeAll(axes, Rank, nameof(Norm));
        return p switch
        {
            2 => Square().Sum(reduced, keepDims).SqrtFlatAt0(),
            1 => Abs().Sum(reduced, keepDims),
            0 => NotEqual(0).Sum(reduced, keepDims).Cast(DType),
            double.PositiveInfinity => Abs().Max(reduced, keepDims),
            double.NegativeInfinity => Abs().Min(reduced, keepDims),
            _ => PowerNorm(p, reduced, keepDims),
        };
    }

    /// <summary>Counts the elements that are not 0.</summary>
    /// <returns>A scalar of Int64.</returns>
    public Tensor CountNonzero() => CountNonzero([]);

    /// <summary>Counts the elements that are not 0, along axes; all, if none is named.</summary>
    /// <param name="axes">The axes; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <returns>A tensor of Int64.</returns>
    /// <exception cref="ShapeException">An axis is out of range, or named twice.</exception>
    public Tensor CountNonzero(ReadOnlySpan<int> axes, bool keepDims = false) => Cast(DType.Bool).Sum(axes, keepDims);

    private Tensor PowerNorm(double p, int[] axes, bool keepDims)
    {
        // 0 to a power has no finite gradient for p < 1, and its logarithm none at all: another number stands in.
        Tensor isZero = Equal(0);
        Tensor powers = Where(isZero, p > 0 ? 0 : double.PositiveInfinity, Where(isZero, 1, Abs()).Pow(p));
        Tensor sum = powers.Sum(axes, keepDims);
        Tensor isEmpty = sum.Equal(0);
        return Where(isEmpty, sum, Where(isEmpty, 1, sum).Pow(1 / p));
    }
}
