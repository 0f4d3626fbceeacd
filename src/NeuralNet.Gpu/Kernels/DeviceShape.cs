namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>The sizes of up to 8 axes in a form that kernels take by value, innermost axis first.</summary>
/// <remarks>Axes beyond the rank are not read. The number of axes decides how many divisions an element costs: merge them first.</remarks>
internal struct DeviceShape
{
    public long Length;
    public int Rank;
    public long Size0;
    public long Size1;
    public long Size2;
    public long Size3;
    public long Size4;
    public long Size5;
    public long Size6;

    /// <summary>Takes over sizes whose first is the outermost. The size of the outermost axis is never needed but for the length.</summary>
    public static DeviceShape Create(ReadOnlySpan<long> sizes)
    {
        DeviceShape shape = new() { Length = 1, Rank = sizes.Length };
        foreach (long size in sizes)
            shape.Length *= size;
        shape.Size0 = SizeAt(sizes, 0);
        shape.Size1 = SizeAt(sizes, 1);
        shape.Size2 = SizeAt(sizes, 2);
        shape.Size3 = SizeAt(sizes, 3);
        shape.Size4 = SizeAt(sizes, 4);
        shape.Size5 = SizeAt(sizes, 5);
        shape.Size6 = SizeAt(sizes, 6);
        return shape;
    }

    /// <summary>The place of an element in logical order. The axes are written out: an array of them would live in slow memory.</summary>
    public readonly DevicePosition Locate(long index)
    {
        DevicePosition position = default;
        if (Rank > 1)
            index = Split(index, Size0, out position.Axis0);
        else
        {
            position.Axis0 = index;
            return position;
        }
        if (Rank > 2)
            index = Split(index, Size1, out position.Axis1);
        else
        {
            position.Axis1 = index;
            return position;
        }
        if (Rank > 3)
            index = Split(index, Size2, out position.Axis2);
        else
        {
            position.Axis2 = index;
            return position;
        }
        if (Rank > 4)
            index = Split(index, Size3, out position.Axis3);
        else
        {
            position.Axis3 = index;
            return position;
        }
        if (Rank > 5)
            index = Split(index, Size4, out position.Axis4);
        else
        {
            position.Axis4 = index;
            return position;
        }
        if (Rank > 6)
            index = Split(index, Size5, out position.Axis5);
        else
        {
            position.Axis5 = index;
            return position;
        }
        if (Rank > 7)
            index = Split(index, Size6, out position.Axis6);
        else
        {
            position.Axis6 = index;
            return position;
        }
        position.Axis7 = index;
        return position;
    }

    private static long SizeAt(ReadOnlySpan<long> sizes, int axisFromInside) =>
        axisFromInside < sizes.Length ? sizes[^(axisFromInside + 1)] : 1;

    private static long Split(long index, long size, out long remainder)
    {
        long quotient = index / size;
        remainder = index - quotient * size;
        return quotient;
    }
}
