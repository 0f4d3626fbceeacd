namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>One number for each of three spatial axes, the outermost first.</summary>
internal struct SpatialSizes
{
    public int Axis0;
    public int Axis1;
    public int Axis2;

    public readonly int Length => Axis0 * Axis1 * Axis2;

    /// <summary>Makes sure that kernels can number the pixels of images [N, C, …].</summary>
    /// <exception cref="ShapeException">There are too many.</exception>
    public static void RequireNumbered(Layout images)
    {
        long pixels = images.Length / Math.Max(1, images.Sizes[1]);
        if (pixels > int.MaxValue)
        {
            throw new ShapeException(
                $"GPU: images of shape {images.Shape} have {pixels} pixels, and kernels number at most {int.MaxValue}. Use smaller batches, or Device.Cpu.");
        }
    }

    /// <summary>Takes over numbers of one to three axes, the last ones; those that are missing get another.</summary>
    public static SpatialSizes Of(ReadOnlySpan<long> numbers, long missing) => new()
    {
        Axis0 = checked((int)(numbers.Length > 2 ? numbers[^3] : missing)),
        Axis1 = checked((int)(numbers.Length > 1 ? numbers[^2] : missing)),
        Axis2 = checked((int)numbers[^1]),
    };
}
