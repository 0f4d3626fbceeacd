namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Makes one axis of several neighbouring ones.</summary>
    /// <param name="startAxis">The first of the axes; negative ones count from the end.</param>
    /// <param name="endAxis">The last of the axes.</param>
    /// <returns>A view where the layout allows it, else a copy; of a scalar a vector of one element.</returns>
    /// <exception cref="ShapeException">An axis is out of range, or the first is behind the last.</exception>
    public Tensor Flatten(int startAxis = 0, int endAxis = -1)
    {
        if (Rank == 0)
            return Reshape(1);
        int first = Axes.Normalize(startAxis, Rank, nameof(Flatten));
        int last = Axes.Normalize(endAxis, Rank, nameof(Flatten));
        if (first > last)
            throw new ShapeException($"Flatten: axis {startAxis} is behind axis {endAxis} of {Shape}. Exchange them.");
        return Reshape(Shape.Merged(first, last));
    }

    /// <summary>Makes several axes of one.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="sizes">The sizes of the new axes; one of them may be −1 and is computed from the others.</param>
    /// <returns>A view.</returns>
    /// <exception cref="ShapeException">The axis is out of range, or the sizes do not multiply to its size.</exception>
    public Tensor Unflatten(int axis, params ReadOnlySpan<long> sizes)
    {
        axis = Axes.Normalize(axis, Rank, nameof(Unflatten));
        long size = Shape.Span[axis];
        long[] filled = sizes.ToArray();
        int open = sizes.IndexOf(-1);
        long known = 1;
        for (int i = 0; i < filled.Length; i++)
            known *= i == open ? 1 : filled[i];
        if (open >= 0 && known > 0 && size % known == 0)
            filled[open] = size / known;
        long product = 1;
        foreach (long one in filled)
            product *= one;
        if (product != size || filled.Length == 0)
            throw new ShapeException($"Unflatten: axis {axis} of {Shape} has size {size}, which is not the product of "
                + $"[{string.Join(", ", sizes.ToArray())}]. Give sizes that multiply to {size}; one may be −1.");
        return Reshape(new Shape([.. Shape.Span[..axis], .. filled, .. Shape.Span[(axis + 1)..]]));
    }
}
