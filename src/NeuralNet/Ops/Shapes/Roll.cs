namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Moves the elements, in logical order, by a number of positions; what falls off one end comes in at the other.</summary>
    /// <param name="shift">The number of positions, towards the end; negative ones towards the start.</param>
    /// <returns>A tensor of the same shape.</returns>
    public Tensor Roll(long shift) => Rank == 0 ? Unchanged() : Reshape(Length).Roll(shift, 0).Reshape(Shape);

    /// <summary>Moves the elements along an axis by a number of positions; what falls off one end comes in at the other.</summary>
    /// <param name="shift">The number of positions, towards the end; negative ones towards the start.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    public Tensor Roll(long shift, int axis)
    {
        axis = Axes.Normalize(axis, Rank, nameof(Roll));
        long size = Shape.Span[axis];
        if (size == 0)
            return Unchanged();
        long start = (-shift % size + size) % size;
        return start == 0 ? Unchanged() : Concat([Slice(axis, start, size - start), Slice(axis, 0, start)], axis);
    }

    /// <summary>Moves the elements along several axes.</summary>
    /// <param name="shifts">The number of positions for each axis.</param>
    /// <param name="axes">The axes; negative ones count from the end.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ShapeException">An axis is out of range, or there are not as many shifts as axes.</exception>
    public Tensor Roll(ReadOnlySpan<long> shifts, ReadOnlySpan<int> axes)
    {
        if (shifts.Length != axes.Length)
            throw new ShapeException($"Roll: {shifts.Length} shifts for {axes.Length} axes. Give one shift for each axis.");
        Tensor y = Unchanged();
        for (int i = 0; i < axes.Length; i++)
            y = y.Roll(shifts[i], axes[i]);
        return y;
    }
}
