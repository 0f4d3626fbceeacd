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
        Launch(
            Kernels.ScanKernels.Scan<T, TAcc, TOp>, ForItems(lines.Shape.Length),
            op, lines.Shape, x.Layout.Sizes[axis], Elements(x), lines.A, x.Layout.Strides[axis], Elements(y), lines.Y, y.Layout.Strides[axis]);
    }

    public void ArgScan<T, TOp>(TOp op, View<T> x, int axis, View<long> y)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        if (y.IsEmpty)
            return;
        var lines = DevicePlan.InMemoryOrder(y.Layout, x.Layout, axes: ~(1UL << axis));
        Launch(
            Kernels.ScanKernels.ArgScan, ForItems(lines.Shape.Length),
            op, lines.Shape, x.Layout.Sizes[axis], Elements(x), lines.A, x.Layout.Strides[axis], Elements(y), lines.Y, y.Layout.Strides[axis]);
    }
}
