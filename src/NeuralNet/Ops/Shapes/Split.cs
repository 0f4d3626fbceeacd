namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Cuts the tensor along an axis into parts of one size, without copying.</summary>
    /// <param name="size">The size of a part; the last one may be smaller.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <returns>Views, at least one.</returns>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    public Tensor[] Split(long size, int axis = 0)
    {
        axis = Axes.Normalize(axis, Rank, nameof(Split));
        if (size <= 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, $"Split: parts of size {size}. Give a size of at least 1.");
        long length = Shape.Span[axis];
        long count = Math.Max(1, (length + size - 1) / size);
        Tensor[] parts = new Tensor[count];
        for (long i = 0; i < count; i++)
            parts[i] = Slice(axis, i * size, Math.Min(size, length - i * size));
        return parts;
    }

    /// <summary>Cuts the tensor along an axis into parts of given sizes, without copying.</summary>
    /// <param name="sizes">The sizes of the parts, which add up to the axis'.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <returns>Views, one for each size.</returns>
    /// <exception cref="ShapeException">The axis is out of range, a size is negative, or they do not add up.</exception>
    public Tensor[] Split(ReadOnlySpan<long> sizes, int axis = 0)
    {
        axis = Axes.Normalize(axis, Rank, nameof(Split));
        long sum = 0;
        bool isNegative = false;
        foreach (long size in sizes)
        {
            sum += size;
            isNegative |= size < 0;
        }
        if (isNegative || sum != Shape.Span[axis])
            throw new ShapeException($"Split: sizes [{string.Join(", ", sizes.ToArray())}] for axis {axis} of {Shape}. Give sizes that add up "
                + $"to {Shape.Span[axis]}.");
        Tensor[] parts = new Tensor[sizes.Length];
        long start = 0;
        for (int i = 0; i < parts.Length; start += sizes[i++])
            parts[i] = Slice(axis, start, sizes[i]);
        return parts;
    }

    /// <summary>Cuts the tensor along an axis into a number of parts as equal as can be, without copying.</summary>
    /// <param name="count">The number of parts; there are fewer where the axis does not yield as many of the rounded-up size.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <returns>Views.</returns>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public Tensor[] Chunk(int count, int axis = 0)
    {
        axis = Axes.Normalize(axis, Rank, nameof(Chunk));
        if (count <= 0)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Chunk: {count} parts. Ask for at least 1.");
        long length = Shape.Span[axis];
        return length == 0 ? Split([.. Enumerable.Repeat(0L, count)], axis) : Split((length + count - 1) / count, axis);
    }

    /// <summary>Takes the tensor apart along an axis, without copying.</summary>
    /// <param name="axis">The axis, which the parts lack; negative ones count from the end.</param>
    /// <returns>Views, one for each position.</returns>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    public Tensor[] Unbind(int axis = 0)
    {
        axis = Axes.Normalize(axis, Rank, nameof(Unbind));
        Tensor[] parts = new Tensor[Shape.Span[axis]];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = Slice(axis, i, 1).Squeeze(axis);
        return parts;
    }
}
