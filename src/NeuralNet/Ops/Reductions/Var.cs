namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the variance of all elements.</summary>
    /// <inheritdoc cref="Var(ReadOnlySpan{int}, double, bool)"/>
    public Tensor Var(double correction = 1) => Var([], correction);

    /// <summary>Computes the variance along an axis.</summary>
    /// <inheritdoc cref="Var(ReadOnlySpan{int}, double, bool)"/>
    public Tensor Var(int axis, double correction = 1, bool keepDims = false) => Var([axis], correction, keepDims);

    /// <summary>Computes the variance along several axes; all, if none is named.</summary>
    /// <param name="axes">The axes; negative ones count from the end.</param>
    /// <param name="correction">What is subtracted from the number of elements: 1 for an estimate from a sample, 0 for the variance of the
    /// elements themselves.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <remarks>y = Σ (x − mean)²/(n − correction), in two passes, so that a large mean costs no digits. NaN or ∞ where n ≤ correction.</remarks>
    /// <exception cref="ShapeException">An axis is out of range, or named twice.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Var(ReadOnlySpan<int> axes, double correction = 1, bool keepDims = false)
    {
        Require.FloatingPoint(nameof(Var), DType);
        int[] reduced = Axes.NormalizeAll(axes, Rank, nameof(Var));
        long count = 1;
        foreach (int axis in reduced)
            count *= Shape.Span[axis];
        Tensor deviations = this - Mean(reduced, keepDims: true);
        return deviations.Square().Sum(reduced, keepDims) / Math.Max(0, count - correction);
    }

    /// <summary>Computes the standard deviation of all elements.</summary>
    /// <inheritdoc cref="Std(ReadOnlySpan{int}, double, bool)"/>
    public Tensor Std(double correction = 1) => Std([], correction);

    /// <summary>Computes the standard deviation along an axis.</summary>
    /// <inheritdoc cref="Std(ReadOnlySpan{int}, double, bool)"/>
    public Tensor Std(int axis, double correction = 1, bool keepDims = false) => Std([axis], correction, keepDims);

    /// <summary>Computes the standard deviation along several axes; all, if none is named.</summary>
    /// <remarks>The square root of the variance. Where that is 0 the gradient is 0.</remarks>
    /// <inheritdoc cref="Var(ReadOnlySpan{int}, double, bool)"/>
    public Tensor Std(ReadOnlySpan<int> axes, double correction = 1, bool keepDims = false)
    {
        Require.FloatingPoint(nameof(Std), DType);
        return Var(axes, correction, keepDims).SqrtFlatAt0();
    }

    /// <summary>The square root, with the gradient 0 at 0, where the tensor is a sum of squares.</summary>
    private Tensor SqrtFlatAt0()
    {
        // Where the sum is 0 it stands for its root: so the gradient is that of the squares, 0.
        Tensor isZero = Equal(0);
        return Where(isZero, this, Where(isZero, 1, this).Sqrt());
    }
}
