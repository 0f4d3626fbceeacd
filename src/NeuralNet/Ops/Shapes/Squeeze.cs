namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Removes axes of size 1, without copying.</summary>
    /// <param name="axes">The axes to remove; all of size 1 if none is named. Named axes of another size stay.</param>
    /// <returns>A view.</returns>
    /// <exception cref="ShapeException">An axis is out of range, or named twice.</exception>
    public Tensor Squeeze(params ReadOnlySpan<int> axes)
    {
        int[] candidates = Rank == 0 ? [] : Axes.NormalizeAll(axes, Rank, nameof(Squeeze));
        Shape shape = Shape.Without([.. candidates.Where(axis => Shape.Array[axis] == 1)]);
        return shape.Rank == Rank ? Unchanged() : Reshape(shape);
    }

    /// <summary>Inserts an axis of size 1, without copying.</summary>
    /// <param name="axis">Where the axis stands in the result; negative ones count from the end.</param>
    /// <returns>A view.</returns>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    public Tensor Unsqueeze(int axis)
    {
        axis = Axes.Normalize(axis, Rank + 1, nameof(Unsqueeze));
        return Reshape(new Shape([.. Shape.Span[..axis], 1, .. Shape.Span[axis..]]));
    }
}
