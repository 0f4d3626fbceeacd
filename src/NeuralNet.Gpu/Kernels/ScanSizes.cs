namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>How lines are cut into parts that are scanned side by side, in a form that kernels take by value.</summary>
internal struct ScanSizes
{
    /// <summary>Shorter lines are scanned as they are.</summary>
    private const long FewestElements = 1024;

    /// <summary>So many lines keep a device busy as they are.</summary>
    private const long BusyLines = 16384;

    public long Length;
    public long PartLength;
    public long Parts;
    public long XStride;
    public long YStride;

    /// <summary>Cuts lines: into about as many parts as a part has elements, as both are gone over one after the other.</summary>
    public static ScanSizes Of(long lines, long length, long xStride, long yStride)
    {
        long parts = length < FewestElements || lines >= BusyLines ? 1 : (long)Math.Sqrt(length);
        long partLength = (length + parts - 1) / parts;
        return new()
        {
            Length = length,
            PartLength = partLength,
            Parts = (length + partLength - 1) / partLength,
            XStride = xStride,
            YStride = yStride,
        };
    }
}
