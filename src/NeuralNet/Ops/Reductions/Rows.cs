namespace NeuralNet;

/// <summary>One number for each row along an axis.</summary>
internal static class Rows
{
    /// <summary>The contiguous layout of a shape with the axis at size 1.</summary>
    public static Layout Layout(Layout x, int axis)
    {
        long[] sizes = x.Shape.ToArray();
        sizes[axis] = 1;
        return NeuralNet.Layout.Contiguous(new Shape(sizes));
    }
}
