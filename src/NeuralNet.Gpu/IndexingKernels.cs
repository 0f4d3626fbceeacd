using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using NeuralNet.Backends.Gpu.Kernels;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    /// <summary>The groups that look for an index out of range.</summary>
    private const int SearchGroups = 16;

    public void Gather<T>(View<T> x, View<long> index, int axis, View<T> y)
        where T : unmanaged
    {
        if (y.IsEmpty)
            return;
        switch (Unsafe.SizeOf<T>())
        {
            case 1:
                GatherBits(x.As<T, byte>(), index, axis, y.As<T, byte>());
                break;
            case 2:
                GatherBits(x.As<T, ushort>(), index, axis, y.As<T, ushort>());
                break;
            case 4:
                GatherBits(x.As<T, uint>(), index, axis, y.As<T, uint>());
                break;
            default:
                GatherBits(x.As<T, ulong>(), index, axis, y.As<T, ulong>());
                break;
        }
    }

    public void ScatterAdd<T>(View<T> y, View<long> index, int axis, View<T> updates)
        where T : unmanaged, INumber<T>
    {
        if (updates.IsEmpty)
            return;
        var lines = DevicePlan.InMemoryOrder(updates.Layout, y.Layout, index.Layout, axes: ~(1UL << axis));
        Launch(
            Kernels.IndexingKernels.ScatterAdd, ForItems(lines.Shape.Length),
            ScatterAxis(y.Layout, index.Layout, updates.Layout, axis), lines.Shape,
            Elements(y), lines.A, Elements(index), lines.B, Elements(updates), lines.Y);
    }

    public void ScatterReduce<T, TOp>(TOp op, View<T> y, View<long> index, int axis, View<T> updates)
        where T : unmanaged
        where TOp : struct, IBinaryOperator<T>
    {
        if (updates.IsEmpty)
            return;
        var lines = DevicePlan.InMemoryOrder(updates.Layout, y.Layout, index.Layout, axes: ~(1UL << axis));
        Launch(
            Kernels.IndexingKernels.ScatterReduce, ForItems(lines.Shape.Length),
            op, ScatterAxis(y.Layout, index.Layout, updates.Layout, axis), lines.Shape,
            Elements(y), lines.A, Elements(index), lines.B, Elements(updates), lines.Y);
    }

    public void ListNonzero(View<byte> mask, View<long> positions)
    {
        if (mask.IsEmpty || positions.IsEmpty)
            return;
        // The axes stay as they are, since their positions are the result.
        Layout layout = mask.Layout;
        var shape = DeviceShape.Create(layout.Sizes);
        var strides = DeviceStrides.Create(layout.Strides, layout.Offset);
        long parts = (layout.Length + Kernels.IndexingKernels.MaskPart - 1) / Kernels.IndexingKernels.MaskPart;
        using Scratch<long> starts = new(this, parts);
        Launch(Kernels.IndexingKernels.CountNonzero, ForItems(parts), shape, Elements(mask), strides, Elements(starts));
        Launch(Kernels.IndexingKernels.SumCounts, new KernelConfig(1, 1), parts, Elements(starts), 0L);
        Launch(
            Kernels.IndexingKernels.ListNonzero, ForItems(parts),
            shape, Elements(mask), strides, Elements(starts), positions.Layout.Sizes[0], layout.Rank, Elements(positions).SubView(positions.Layout.Offset));
    }

    public long FindOutOfRange(View<long> index, long limit, long? ignored = null)
    {
        if (index.IsEmpty)
            return -1;
        long position = StepRecording.Unrecorded(() => FindOutOfRangeNow(index, limit, ignored));
        // The host reads nothing while a step is repeated: the device notes what it finds then.
        if (position < 0 && Recording is { } recording)
            NoteOutOfRange(recording, index, limit, ignored);
        return position;
    }

    private long FindOutOfRangeNow(View<long> index, long limit, long? ignored)
    {
        long[] first = new long[SearchGroups * GroupSize];
        using Scratch<long> found = new(this, first.Length);
        Search(index, limit, ignored, found);
        HostTransfer.Download(this, found.Storage, 0, first.AsSpan());
        long smallest = first.Min();
        return smallest == index.Layout.Length ? -1 : smallest;
    }

    private void NoteOutOfRange(LaunchRecording recording, View<long> index, long limit, long? ignored)
    {
        using Scratch<long> found = new(this, SearchGroups * GroupSize);
        Search(index, limit, ignored, found);
        var plan = DevicePlan.InLogicalOrder(index.Layout);
        Launch(
            Kernels.IndexingKernels.NoteOutOfRange, new KernelConfig(1, GroupSize),
            plan.Shape, Elements(index), plan.Y, (long)SearchGroups * GroupSize, Elements(found),
            recording.AddIndices(index.Layout.Shape, limit));
    }

    private void Search(View<long> index, long limit, long? ignored, Scratch<long> found)
    {
        var plan = DevicePlan.InLogicalOrder(index.Layout);
        Launch(
            Kernels.IndexingKernels.FindOutOfRange, new KernelConfig(SearchGroups, GroupSize),
            plan.Shape, Elements(index), plan.Y, limit, ignored ?? 0, ignored is null ? 0 : 1, Elements(found));
    }

    private void GatherBits<T>(View<T> x, View<long> index, int axis, View<T> y)
        where T : unmanaged
    {
        // The axis of x is the index's to choose from.
        long[] strides = x.Layout.Strides.ToArray();
        strides[axis] = 0;
        Layout others = new(y.Layout.Shape, strides, x.Layout.Offset);
        var plan = DevicePlan.InMemoryOrder(y.Layout, others, index.Layout);
        Launch(
            Kernels.IndexingKernels.Gather, ForItems(plan.Shape.Length),
            plan.Shape, Elements(x), plan.A, x.Layout.Strides[axis], x.Layout.Sizes[axis], Elements(index), plan.B, Elements(y), plan.Y);
    }

    private static ScatterArguments ScatterAxis(Layout y, Layout index, Layout updates, int axis) => new()
    {
        Length = updates.Sizes[axis],
        TargetLength = y.Sizes[axis],
        TargetStride = y.Strides[axis],
        IndexStride = index.Strides[axis],
        UpdateStride = updates.Strides[axis],
    };
}
