namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Counts how often each number from 0 on occurs.</summary>
    /// <param name="minLength">The length of the result where the numbers need less.</param>
    /// <returns>A vector of Int64 with a count for each number from 0 to the largest.</returns>
    /// <exception cref="ShapeException">The tensor is no vector.</exception>
    /// <exception cref="DTypeException">The tensor is not of integers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    /// <exception cref="DeviceException">The tensor is on <see cref="Device.Meta"/>: the size depends on its elements.</exception>
    public Tensor BinCount(long minLength = 0)
    {
        Tensor bins = Bins(minLength, out long length);
        return Zeros(new Shape(length), DType.Int64, Device).ScatterAdd(0, bins, Ones(bins.Shape, DType.Int64, Device));
    }

    /// <summary>Adds up weights for each number from 0 on.</summary>
    /// <param name="weights">What an occurrence counts, a vector as long as this.</param>
    /// <param name="minLength">The length of the result where the numbers need less.</param>
    /// <returns>A vector of the weights' dtype with a sum for each number from 0 to the largest.</returns>
    /// <inheritdoc cref="BinCount(long)"/>
    public Tensor BinCount(Tensor weights, long minLength = 0)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Tensor bins = Bins(minLength, out long length);
        if (weights.Shape != Shape)
            throw new ShapeException($"BinCount: weights of {weights.Shape} for numbers of {Shape}. Give one for each number.");
        return Zeros(new Shape(length), weights.DType, Device).ScatterAdd(0, bins, weights);
    }

    /// <summary>Counts the elements in equal parts of a range.</summary>
    /// <param name="bins">The number of parts.</param>
    /// <param name="min">Where the range starts.</param>
    /// <param name="max">Where it ends; elements there belong to the last part, elements outside to none.</param>
    /// <returns>The counts, a vector of Int64, and the limits of the parts, one more, in this tensor's dtype.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no part, or the range is empty or not finite.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public (Tensor Counts, Tensor Edges) Histogram(int bins, double min, double max)
    {
        Require.FloatingPoint(nameof(Histogram), DType);
        if (bins <= 0)
            throw new ArgumentOutOfRangeException(nameof(bins), bins, $"Histogram: {bins} bins. Ask for at least 1.");
        if (!(double.IsFinite(min) && double.IsFinite(max) && min < max))
            throw new ArgumentOutOfRangeException(nameof(max), max, $"Histogram: the range from {min} to {max}. Give finite numbers in "
                + "ascending order.");
        Tensor x = Detach().Reshape(Length);
        Tensor isInside = x.GreaterOrEqual(min) & x.LessOrEqual(max);
        Tensor parts = Where(isInside, (x - min) * (bins / (max - min)), 0).Floor().Cast(DType.Int64).Clamp(0, bins - 1);
        Tensor counts = Zeros(new Shape(bins), DType.Int64, Device).ScatterAdd(0, parts, isInside.Cast(DType.Int64));
        Tensor edges = Arange(bins + 1, DType, Device) * ((max - min) / bins) + min;
        return (counts, edges);
    }

    private Tensor Bins(long minLength, out long length)
    {
        if (Device.IsMeta)
            throw new DeviceException("BinCount: a tensor on meta has no elements, which the size depends on. Create it on a device.");
        if (Rank != 1)
            throw new ShapeException($"BinCount: a tensor of {Shape} is no vector. Use Reshape(-1).");
        if (!DType.IsInteger())
            throw new DTypeException($"BinCount: a tensor of {DType}; integers are needed. Use Cast(DType.Int64).");
        if (minLength < 0)
            throw new ArgumentOutOfRangeException(nameof(minLength), minLength, $"BinCount: minLength is {minLength}. Give a number of at least 0.");
        Tensor bins = Cast(DType.Int64);
        if (Length > 0 && bins.Min().Item<long>() is var smallest and < 0)
            throw new ArgumentOutOfRangeException(nameof(bins), smallest, $"BinCount: the number {smallest}. Count numbers of at least 0.");
        length = Math.Max(minLength, Length == 0 ? 0 : bins.Max().Item<long>() + 1);
        return bins;
    }
}
