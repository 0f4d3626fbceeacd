namespace NeuralNet;

/// <summary>NumPy's broadcasting: shapes are aligned at their last axes, and axes of size 1 stretch.</summary>
internal static class Broadcast
{
    /// <summary>
    /// The dense layout of what two tensors broadcast to; the first input that is as large as the result decides the order in memory.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Layout OutputLayout(Speaker name, Tensor a, Tensor b)
    {
        Layout x = a.Layout;
        Layout y = b.Layout;
        if (ReferenceEquals(x, y) || x.Shape.Equals(y.Shape))
            return !x.IsContiguous && IsAmbiguous(x) && !IsAmbiguous(y) ? y.DenseLike() : x.DenseLike();
        if (y.Rank == 0)
            return x.DenseLike();
        if (x.Rank == 0)
            return y.DenseLike();
        Shape shape = CommonShape(name, a.Shape, b.Shape);
        if (shape.Equals(x.Shape))
            return x.DenseLike();
        return shape.Equals(y.Shape) ? y.DenseLike() : Layout.Contiguous(shape);
    }

    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Shape CommonShape(Speaker name, Shape a, Shape b) => Shape.TryBroadcast(a, b)
        ?? throw new ShapeException($"{name}: shapes {a} and {b} do not broadcast. Aligned at the last axis, sizes must be equal or "
            + "1; use Reshape to add axes of size 1.");

    private static bool IsAmbiguous(Layout layout) => layout.Strides.Contains(0);
}
