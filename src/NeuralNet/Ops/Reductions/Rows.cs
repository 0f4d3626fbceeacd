namespace NeuralNet;

/// <summary>One number for each row along an axis.</summary>
internal static class Rows
{
    /// <summary>The contiguous layout of a shape with the axis at size 1.</summary>
    public static Layout Layout(Layout x, int axis) => NeuralNet.Layout.Contiguous(x.Shape.With(axis, 1));
}
