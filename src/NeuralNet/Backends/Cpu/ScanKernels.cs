using NeuralNet.Backends.Cpu.Loops;

namespace NeuralNet.Backends.Cpu;

internal sealed unsafe partial class CpuBackend
{
    public void Scan<T, TAcc, TOp>(TOp op, View<T> x, int axis, View<TAcc> y)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        if (y.IsEmpty)
            return;
        fixed (T* px = &x.Reference())
        fixed (TAcc* py = &y.Reference())
        {
            LoopPlan plan = AlongAxis(px, x.Layout, py, y.Layout, axis);
            long length = x.Layout.Sizes[axis];
            nint xStride = (nint)x.Layout.Strides[axis] * sizeof(T);
            nint yStride = (nint)y.Layout.Strides[axis] * sizeof(TAcc);
            RowLoop.Run(_workers, plan, new ScanRow<T, TAcc, TOp>(op, xStride, yStride, length), length);
        }
    }

    public void ArgScan<T, TOp>(TOp op, View<T> x, int axis, View<long> y)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        if (y.IsEmpty)
            return;
        fixed (T* px = &x.Reference())
        fixed (long* py = &y.Reference())
        {
            LoopPlan plan = AlongAxis(px, x.Layout, py, y.Layout, axis);
            long length = x.Layout.Sizes[axis];
            nint xStride = (nint)x.Layout.Strides[axis] * sizeof(T);
            nint yStride = (nint)y.Layout.Strides[axis] * sizeof(long);
            RowLoop.Run(_workers, plan, new ArgScanRow<T, TOp>(op, xStride, yStride, length), length);
        }
    }
}
