namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Repeats the whole tensor along its axes: <c>[1, 2]</c> twice is <c>[1, 2, 1, 2]</c>.</summary>
    /// <param name="counts">How often, for each axis. More counts than axes put axes of size 1 in front.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ShapeException">There are fewer counts than axes, or one is negative.</exception>
    public Tensor Repeat(params ReadOnlySpan<long> counts)
    {
        if (counts.Length < Rank)
            throw new ShapeException($"Repeat: {counts.Length} counts for a tensor of {Shape}. Give one for each of its {Rank} axes, or use "
                + "Tile, which repeats the last axes.");
        Shape shape = new([.. Enumerable.Repeat(1L, counts.Length - Rank), .. Shape.Span]);
        Tensor y = Reshape(shape);
        for (int axis = 0; axis < counts.Length; axis++)
        {
            if (counts[axis] < 0)
                throw new ShapeException($"Repeat: the count {counts[axis]} for axis {axis}. Give numbers of at least 0.");
            if (counts[axis] != 1)
                y = y.RepeatAxis(counts[axis], axis, eachByItself: false);
        }
        return ReferenceEquals(y.Storage, Storage) ? y.Clone() : y;
    }

    /// <summary>Repeats the whole tensor along its last axes, as NumPy's <c>tile</c>.</summary>
    /// <param name="counts">How often, for the last axes. More counts than axes put axes of size 1 in front.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ShapeException">A count is negative.</exception>
    public Tensor Tile(params ReadOnlySpan<long> counts) =>
        counts.Length >= Rank ? Repeat(counts) : Repeat([.. Enumerable.Repeat(1L, Rank - counts.Length), .. counts]);

    /// <summary>Repeats each element along an axis: <c>[1, 2]</c> twice is <c>[1, 1, 2, 2]</c>.</summary>
    /// <param name="count">How often.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ShapeException">The axis is out of range, or the count is negative.</exception>
    public Tensor RepeatInterleave(long count, int axis)
    {
        axis = Axes.Normalize(axis, Rank, nameof(RepeatInterleave));
        if (count < 0)
            throw new ShapeException($"RepeatInterleave: the count {count}. Give a number of at least 0.");
        return count == 1 ? Clone() : RepeatAxis(count, axis, eachByItself: true);
    }

    /// <summary>Repeats each position of an axis by a number of its own.</summary>
    /// <param name="counts">How often, a vector of Int64 or Int32 with a number for each position.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ShapeException">The axis is out of range, or there are not as many counts as positions.</exception>
    /// <exception cref="DTypeException">The counts are not of integers.</exception>
    /// <exception cref="DeviceException">The counts are on <see cref="Device.Meta"/>: the size depends on them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public Tensor RepeatInterleave(Tensor counts, int axis)
    {
        ArgumentNullException.ThrowIfNull(counts);
        axis = Axes.Normalize(axis, Rank, nameof(RepeatInterleave));
        Tensor numbers = Require.Index(nameof(RepeatInterleave), counts);
        if (numbers.Rank != 1 || numbers.Length != Shape.Span[axis])
            throw new ShapeException($"RepeatInterleave: counts of {counts.Shape} for axis {axis} of {Shape}. Give one for each position, of "
                + $"[{Shape.Span[axis]}].");
        if (numbers.Device.IsMeta)
            throw new DeviceException("RepeatInterleave: counts on meta have no values, which the size depends on. Create them on a device.");
        List<long> positions = [];
        long position = 0;
        foreach (long count in numbers.ToArray<long>())
        {
            if (count < 0)
                throw new ArgumentOutOfRangeException(nameof(counts), count, $"RepeatInterleave: the count {count} at position {position}. "
                    + "Give numbers of at least 0.");
            for (long i = 0; i < count; i++)
                positions.Add(position);
            position++;
        }
        return IndexSelect(axis, From(positions.ToArray(), new Shape(positions.Count), Device));
    }

    /// <summary>Repeats along an axis, as three axes: what lies outside, the axis with what lies inside, and the repetition.</summary>
    private Tensor RepeatAxis(long count, int axis, bool eachByItself)
    {
        long outer = 1;
        long inner = 1;
        foreach (long size in Shape.Span[..axis])
            outer *= size;
        foreach (long size in Shape.Span[(axis + 1)..])
            inner *= size;
        Shape result = Shape.With(axis, count * Shape.Span[axis]);
        if (eachByItself)
            outer *= Shape.Span[axis];
        else
            inner *= Shape.Span[axis];
        return Reshape(outer, 1, inner).Expand(new Shape(outer, count, inner)).Reshape(result);
    }
}
