namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Finds the median of all elements: of two middle ones the lower.</summary>
    /// <returns>A scalar; NaN if any element is.</returns>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public Tensor Median() => Reshape(Length).Median(0).Values;

    /// <summary>Finds the median along an axis: of two middle elements the lower.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <returns>The medians, NaN where any element is, and where each came from, of Int64.</returns>
    /// <remarks>The gradient goes to the element.</remarks>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public (Tensor Values, Tensor Indices) Median(int axis, bool keepDims = false)
    {
        axis = Axes.Normalize(axis, Rank, nameof(Median));
        Require.Numeric(nameof(Median), DType);
        long size = RequireElements(nameof(Median), axis);
        Tensor indices = ArgSort(axis).Slice(axis, (size - 1) / 2, 1);
        // The largest element is the first NaN, if there is one.
        if (DType.IsFloatingPoint())
            indices = Where(IsNaN().Any(axis, keepDims: true), ArgMax(axis, keepDims: true), indices);
        return Picked(axis, indices, keepDims);
    }

    /// <summary>Finds the k-th smallest element along an axis.</summary>
    /// <param name="k">Which one, from 1 on.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <returns>The elements, and where each came from, of Int64. NaN is larger than all numbers.</returns>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many elements.</exception>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public (Tensor Values, Tensor Indices) KthValue(long k, int axis = -1, bool keepDims = false)
    {
        axis = Axes.Normalize(axis, Rank, nameof(KthValue));
        Require.Numeric(nameof(KthValue), DType);
        if (k < 1 || k > Shape.Span[axis])
            throw new ArgumentOutOfRangeException(nameof(k), k, $"KthValue: element {k} of axis {axis} of {Shape}. Ask for 1 to "
                + $"{Shape.Span[axis]}.");
        return Picked(axis, ArgSort(axis).Slice(axis, k - 1, 1), keepDims);
    }

    /// <summary>Finds a quantile along an axis.</summary>
    /// <param name="q">Which one, in [0, 1]: 0 is the smallest element, 0.5 the median, 1 the largest.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <param name="interpolation">What it is between two elements.</param>
    /// <returns>A tensor without the axis; NaN where any element is.</returns>
    /// <remarks>At the position q·(n − 1) of the sorted elements. The gradient goes to the one or two elements it is made of.</remarks>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">q is outside [0, 1].</exception>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Quantile(
        double q, int axis, bool keepDims = false, QuantileInterpolation interpolation = QuantileInterpolation.Linear)
    {
        Tensor y = Quantile([q], axis, interpolation).Squeeze(0);
        return keepDims ? y.Unsqueeze(Axes.Normalize(axis, Rank, nameof(Quantile))) : y;
    }

    /// <summary>Finds several quantiles along an axis.</summary>
    /// <param name="q">Which ones, in [0, 1].</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="interpolation">What they are between two elements.</param>
    /// <returns>A tensor with the quantiles along a new first axis, and without <paramref name="axis"/>.</returns>
    /// <inheritdoc cref="Quantile(double, int, bool, QuantileInterpolation)"/>
    public Tensor Quantile(ReadOnlySpan<double> q, int axis, QuantileInterpolation interpolation = QuantileInterpolation.Linear)
    {
        Require.FloatingPoint(nameof(Quantile), DType);
        axis = Axes.Normalize(axis, Rank, nameof(Quantile));
        long size = RequireElements(nameof(Quantile), axis);
        Tensor sorted = Sort(axis).Values;
        Tensor hasNaN = IsNaN().Any(axis);
        Tensor[] quantiles = new Tensor[q.Length];
        for (int i = 0; i < quantiles.Length; i++)
        {
            if (!(q[i] >= 0 && q[i] <= 1))
                throw new ArgumentOutOfRangeException(nameof(q), q[i], $"Quantile: q is {q[i]}. Give numbers in [0, 1].");
            quantiles[i] = Where(hasNaN, double.NaN, At(sorted, axis, q[i] * (size - 1), interpolation));
        }
        return Stack(quantiles);
    }

    private static Tensor At(Tensor sorted, int axis, double position, QuantileInterpolation interpolation)
    {
        long low = (long)Math.Floor(position);
        long high = (long)Math.Ceiling(position);
        double weight = interpolation switch
        {
            QuantileInterpolation.Lower => 0,
            QuantileInterpolation.Higher => 1,
            QuantileInterpolation.Midpoint => 0.5,
            QuantileInterpolation.Nearest => Math.Round(position, MidpointRounding.ToEven) - low,
            _ => position - low,
        };
        Tensor lower = sorted.Slice(axis, low, 1).Squeeze(axis);
        return low == high || weight == 0 ? lower : lower.Lerp(sorted.Slice(axis, high, 1).Squeeze(axis), weight);
    }

    private (Tensor Values, Tensor Indices) Picked(int axis, Tensor indices, bool keepDims)
    {
        Tensor values = Op.Apply(new GatherOp(axis), this, indices);
        return keepDims ? (values, indices) : (values.Squeeze(axis), indices.Squeeze(axis));
    }

    private long RequireElements(string name, int axis)
    {
        long size = Shape.Span[axis];
        if (size == 0)
            throw new InvalidOperationException($"{name}: a tensor of {Shape} has no elements along axis {axis}, and {name} of nothing has no "
                + "value. Check for empty tensors first.");
        return size;
    }
}
