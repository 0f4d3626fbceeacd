using System.Numerics;
using ILGPU;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend : IFusedKernels
{
    public void Softmax<T>(View<T> x, int axis, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => RunSoftmax(x, axis, y, isLogarithm: false);

    public void LogSoftmax<T>(View<T> x, int axis, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => RunSoftmax(x, axis, y, isLogarithm: true);

    public void SoftmaxGradient<T>(View<T> y, View<T> dy, int axis, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T> => RunSoftmaxGradient(y, dy, axis, dx, isLogarithm: false);

    public void LogSoftmaxGradient<T>(View<T> y, View<T> dy, int axis, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T> => RunSoftmaxGradient(y, dy, axis, dx, isLogarithm: true);

    public void CrossEntropy<T>(View<T> x, int axis, View<long> target, long ignoreIndex, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        long length = x.Layout.Sizes[axis];
        var rows = DevicePlan.InMemoryOrder(y.Layout, x.Layout, target.Layout, axes: ~(1UL << axis));
        Launch(
            Kernels.FusedKernels.CrossEntropy, ForRows(rows.Shape.Length, length),
            rows.Shape, length, GroupRows.LanesOf(length), Elements(x), rows.A, Elements(target), rows.B, ignoreIndex, Elements(y), rows.Y);
    }

    public void CrossEntropyGradient<T>(View<T> x, int axis, View<long> target, long ignoreIndex, View<T> dy, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (dx.IsEmpty)
            return;
        long length = x.Layout.Sizes[axis];
        var rows = DevicePlan.InMemoryOrder(dx.Layout, x.Layout, target.Layout, dy.Layout, axes: ~(1UL << axis));
        Launch(
            Kernels.FusedKernels.CrossEntropyGradient, ForRows(rows.Shape.Length, length),
            rows.Shape, length, GroupRows.LanesOf(length), Elements(x), rows.A, Elements(target), rows.B, ignoreIndex,
            Elements(dy), rows.C, Elements(dx), rows.Y);
    }

    private void RunSoftmax<T>(View<T> x, int axis, View<T> y, bool isLogarithm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        long length = x.Layout.Sizes[axis];
        var rows = DevicePlan.InMemoryOrder(y.Layout, x.Layout, axes: ~(1UL << axis));
        Launch(
            Kernels.FusedKernels.Softmax, ForRows(rows.Shape.Length, length),
            rows.Shape, length, GroupRows.LanesOf(length), isLogarithm ? 1 : 0, Elements(x), rows.A, Elements(y), rows.Y);
    }

    private void RunSoftmaxGradient<T>(View<T> y, View<T> dy, int axis, View<T> dx, bool isLogarithm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (dx.IsEmpty)
            return;
        long length = y.Layout.Sizes[axis];
        var rows = DevicePlan.InMemoryOrder(dx.Layout, y.Layout, dy.Layout, axes: ~(1UL << axis));
        Launch(
            Kernels.FusedKernels.SoftmaxGradient, ForRows(rows.Shape.Length, length),
            rows.Shape, length, GroupRows.LanesOf(length), isLogarithm ? 1 : 0,
            Elements(y), rows.A, Elements(dy), rows.B, Elements(dx), rows.Y);
    }

    /// <summary>Groups for rows that are shared as <see cref="GroupRows"/> says.</summary>
    private KernelConfig ForRows(long rows, long length) => ForItems(rows * GroupRows.LanesOf(length));
}
