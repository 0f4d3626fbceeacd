namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>One number for each of three spatial axes, the outermost first.</summary>
internal struct SpatialSizes
{
    public int Axis0;
    public int Axis1;
    public int Axis2;

    public readonly int Length => Axis0 * Axis1 * Axis2;

    /// <summary>Takes over numbers of one to three axes, the last ones; those that are missing get another.</summary>
    public static SpatialSizes Of(ReadOnlySpan<long> numbers, long missing) => new()
    {
        Axis0 = checked((int)(numbers.Length > 2 ? numbers[^3] : missing)),
        Axis1 = checked((int)(numbers.Length > 1 ? numbers[^2] : missing)),
        Axis2 = checked((int)numbers[^1]),
    };
}
