using ILGPU;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void Scan<T, TAcc, TOp>(TOp op, View<T> x, int axis, View<TAcc> y)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        if (y.IsEmpty)
            return;
        var lines = DevicePlan.InMemoryOrder(y.Layout, x.Layout, axes: ~(1UL << axis));
        long count = lines.Shape.Length;
        var sizes = ScanSizes.Of(count, x.Layout.Sizes[axis], x.Layout.Strides[axis], y.Layout.Strides[axis]);
        using Scratch<TAcc> totals = sizes.Parts > 1 ? new(this, count * sizes.Parts) : default;
        ArrayView<TAcc> places = sizes.Parts > 1 ? Elements(totals).SubView(0, totals.Length) : default;
        Launch(
            Kernels.ScanKernels.Scan<T, TAcc, TOp>, ForItems(count * sizes.Parts),
            op, lines.Shape, sizes, Elements(x), lines.A, Elements(y), lines.Y, places);
        if (sizes.Parts == 1)
            return;
        Launch(Kernels.ScanKernels.ScanTotals<T, TAcc, TOp>, ForItems(count), op, count, sizes.Parts, places);
        Launch(
            Kernels.ScanKernels.AddTotals<T, TAcc, TOp>, ForItems(count * sizes.Length),
            op, lines.Shape, sizes, places, Elements(y), lines.Y);
    }

    public void ArgScan<T, TOp>(TOp op, View<T> x, int axis, View<long> y)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        if (y.IsEmpty)
            return;
        var lines = DevicePlan.InMemoryOrder(y.Layout, x.Layout, axes: ~(1UL << axis));
        long count = lines.Shape.Length;
        var sizes = ScanSizes.Of(count, x.Layout.Sizes[axis], x.Layout.Strides[axis], y.Layout.Strides[axis]);
        using Scratch<long> winners = sizes.Parts > 1 ? new(this, count * sizes.Parts) : default;
        ArrayView<long> places = sizes.Parts > 1 ? Elements(winners).SubView(0, winners.Length) : default;
        Launch(
            Kernels.ScanKernels.ArgScan, ForItems(count * sizes.Parts),
            op, lines.Shape, sizes, Elements(x), lines.A, Elements(y), lines.Y, places);
        if (sizes.Parts == 1)
            return;
        Launch(Kernels.ScanKernels.ScanWinners, ForItems(count), op, lines.Shape, sizes, Elements(x), lines.A, places);
        Launch(
            Kernels.ScanKernels.MeetWinners, ForItems(count * sizes.Length),
            op, lines.Shape, sizes, Elements(x), lines.A, places, Elements(y), lines.Y);
    }
}
