namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// The offset and the strides of an operand over up to 8 axes, innermost first, in elements; 0 on axes that do not exist.
/// </summary>
internal struct DeviceStrides
{
    public long Offset;
    public long Stride0;
    public long Stride1;
    public long Stride2;
    public long Stride3;
    public long Stride4;
    public long Stride5;
    public long Stride6;
    public long Stride7;

    /// <summary>Takes over strides whose first is the outermost axis's.</summary>
    public static DeviceStrides Create(ReadOnlySpan<long> strides, long offset) => new()
    {
        Offset = offset,
        Stride0 = StrideAt(strides, 0),
        Stride1 = StrideAt(strides, 1),
        Stride2 = StrideAt(strides, 2),
        Stride3 = StrideAt(strides, 3),
        Stride4 = StrideAt(strides, 4),
        Stride5 = StrideAt(strides, 5),
        Stride6 = StrideAt(strides, 6),
        Stride7 = StrideAt(strides, 7),
    };

    /// <summary>Where in its memory the operand has the element of a position.</summary>
    public readonly long At(in DevicePosition position) =>
        Offset
        + position.Axis0 * Stride0
        + position.Axis1 * Stride1
        + position.Axis2 * Stride2
        + position.Axis3 * Stride3
        + position.Axis4 * Stride4
        + position.Axis5 * Stride5
        + position.Axis6 * Stride6
        + position.Axis7 * Stride7;

    private static long StrideAt(ReadOnlySpan<long> strides, int axisFromInside) =>
        axisFromInside < strides.Length ? strides[^(axisFromInside + 1)] : 0;
}
