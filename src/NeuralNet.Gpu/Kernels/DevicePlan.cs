namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// The axes that a kernel goes over, as few as possible, and the strides of up to four operands over them. Axes of size 1 are left out, and neighbours
/// that lie together in all operands are one.
/// </summary>
internal ref struct DevicePlan
{
    private const int MostOperands = 4;

    public DeviceShape Shape;

    /// <summary>The size of the innermost axis.</summary>
    public long InnerSize;

    /// <summary>Of the first operand, which decides on the order of the axes.</summary>
    public DeviceStrides Y;
    public DeviceStrides A;
    public DeviceStrides B;
    public DeviceStrides C;

    /// <summary>Plans a loop in the order in which the first operand lies in memory.</summary>
    public static DevicePlan InMemoryOrder(Layout y, Layout? a = null, Layout? b = null, Layout? c = null, ulong axes = ulong.MaxValue) =>
        Of(y.IsContiguous ? null : y.MemoryOrder(), y, a, b, c, axes);

    /// <summary>Plans a loop in the logical order of the elements.</summary>
    public static DevicePlan InLogicalOrder(Layout y, Layout? a = null, Layout? b = null, Layout? c = null, ulong axes = ulong.MaxValue) =>
        Of(null, y, a, b, c, axes);

    private static DevicePlan Of(int[]? order, Layout y, Layout? a, Layout? b, Layout? c, ulong axes)
    {
        int rank = y.Rank;
        Span<long> sizes = stackalloc long[rank];
        Span<long> strides = stackalloc long[MostOperands * rank];
        int count = 0;
        for (int i = 0; i < rank; i++)
        {
            int axis = order is null ? i : order[i];
            long size = y.Sizes[axis];
            if (size == 1 || (axes >> axis & 1) == 0)
                continue;
            if (count > 0 && Follows(y, axis, size, strides, count - 1) && Follows(a, axis, size, strides[rank..], count - 1)
                && Follows(b, axis, size, strides[(2 * rank)..], count - 1) && Follows(c, axis, size, strides[(3 * rank)..], count - 1))
            {
                sizes[count - 1] *= size;
                count--;
            }
            else
            {
                sizes[count] = size;
            }
            strides[count] = y.Strides[axis];
            strides[rank + count] = StrideOf(a, axis);
            strides[2 * rank + count] = StrideOf(b, axis);
            strides[3 * rank + count] = StrideOf(c, axis);
            count++;
        }
        return new()
        {
            Shape = DeviceShape.Create(sizes[..count]),
            InnerSize = count == 0 ? 1 : sizes[count - 1],
            Y = DeviceStrides.Create(strides[..count], y.Offset),
            A = DeviceStrides.Create(strides.Slice(rank, count), a?.Offset ?? 0),
            B = DeviceStrides.Create(strides.Slice(2 * rank, count), b?.Offset ?? 0),
            C = DeviceStrides.Create(strides.Slice(3 * rank, count), c?.Offset ?? 0),
        };
    }

    private static long StrideOf(Layout? layout, int axis) => layout is null ? 0 : layout.Strides[axis];

    /// <summary>Whether an axis continues the one before.</summary>
    private static bool Follows(Layout? layout, int axis, long size, ReadOnlySpan<long> strides, int last) =>
        layout is null || strides[last] == layout.Strides[axis] * size;
}
