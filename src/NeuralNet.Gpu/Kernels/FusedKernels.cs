using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Device code of <see cref="IFusedKernels"/>. Rows are consecutive, and shared as <see cref="GroupRows"/> says.</summary>
internal static class FusedKernels
{
    public static void Softmax<T>(
        DeviceShape rows, long length, int lanes, int isLogarithm, ArrayView<T> x, DeviceStrides xRows, ArrayView<T> y, DeviceStrides yRows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(GpuBackend.GroupSize);
        int rowsAtOnce = GpuBackend.GroupSize / lanes;
        int lane = Group.IdxX % lanes;
        for (long first = (long)Grid.IdxX * rowsAtOnce; first < rows.Length; first += (long)Grid.DimX * rowsAtOnce)
        {
            long row = first + Group.IdxX / lanes;
            long end = row < rows.Length ? length : 0;
            DevicePosition position = rows.Locate(row < rows.Length ? row : 0);
            long from = xRows.At(position);
            long to = yRows.At(position);
            T max = Largest(x, from, end, lane, lanes, shared);
            T sum = SumOfExponentials(x, from, end, max, lane, lanes, shared);
            if (isLogarithm != 0)
            {
                T logarithm = T.Log(sum);
                for (long i = lane; i < end; i += lanes)
                    y[to + i] = x[from + i] - max - logarithm;
            }
            else
            {
                for (long i = lane; i < end; i += lanes)
                    y[to + i] = T.Exp(x[from + i] - max) / sum;
            }
        }
    }

    public static void SoftmaxGradient<T>(
        DeviceShape rows,
        long length,
        int lanes,
        int isLogarithm,
        ArrayView<T> y,
        DeviceStrides yRows,
        ArrayView<T> dy,
        DeviceStrides dyRows,
        ArrayView<T> dx,
        DeviceStrides dxRows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(GpuBackend.GroupSize);
        int rowsAtOnce = GpuBackend.GroupSize / lanes;
        int lane = Group.IdxX % lanes;
        for (long first = (long)Grid.IdxX * rowsAtOnce; first < rows.Length; first += (long)Grid.DimX * rowsAtOnce)
        {
            long row = first + Group.IdxX / lanes;
            long end = row < rows.Length ? length : 0;
            DevicePosition position = rows.Locate(row < rows.Length ? row : 0);
            long atY = yRows.At(position);
            long from = dyRows.At(position);
            long to = dxRows.At(position);
            T sum = T.Zero;
            for (long i = lane; i < end; i += lanes)
                sum += isLogarithm != 0 ? dy[from + i] : dy[from + i] * y[atY + i];
            sum = GroupRows.Sum(sum, lanes, shared);
            if (isLogarithm != 0)
            {
                for (long i = lane; i < end; i += lanes)
                    dx[to + i] = dy[from + i] - T.Exp(y[atY + i]) * sum;
            }
            else
            {
                for (long i = lane; i < end; i += lanes)
                    dx[to + i] = y[atY + i] * (dy[from + i] - sum);
            }
        }
    }

    public static void CrossEntropy<T>(
        DeviceShape rows,
        long length,
        int lanes,
        ArrayView<T> x,
        DeviceStrides xRows,
        ArrayView<long> target,
        DeviceStrides targetRows,
        long ignoreIndex,
        ArrayView<T> y,
        DeviceStrides yRows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(GpuBackend.GroupSize);
        int rowsAtOnce = GpuBackend.GroupSize / lanes;
        int lane = Group.IdxX % lanes;
        for (long first = (long)Grid.IdxX * rowsAtOnce; first < rows.Length; first += (long)Grid.DimX * rowsAtOnce)
        {
            long row = first + Group.IdxX / lanes;
            bool isRow = row < rows.Length;
            DevicePosition position = rows.Locate(isRow ? row : 0);
            long from = xRows.At(position);
            T max = Largest(x, from, isRow ? length : 0, lane, lanes, shared);
            T sum = SumOfExponentials(x, from, isRow ? length : 0, max, lane, lanes, shared);
            if (isRow && lane == 0)
            {
                long place = target[targetRows.At(position)];
                // Outside only while a step is repeated; the device notes it then.
                long safe = place >= 0 && place < length ? place : 0;
                y[yRows.At(position)] = place == ignoreIndex ? T.Zero : T.Log(sum) - (x[from + safe] - max);
            }
        }
    }

    public static void CrossEntropyGradient<T>(
        DeviceShape rows,
        long length,
        int lanes,
        ArrayView<T> x,
        DeviceStrides xRows,
        ArrayView<long> target,
        DeviceStrides targetRows,
        long ignoreIndex,
        ArrayView<T> dy,
        DeviceStrides dyRows,
        ArrayView<T> dx,
        DeviceStrides dxRows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(GpuBackend.GroupSize);
        int rowsAtOnce = GpuBackend.GroupSize / lanes;
        int lane = Group.IdxX % lanes;
        for (long first = (long)Grid.IdxX * rowsAtOnce; first < rows.Length; first += (long)Grid.DimX * rowsAtOnce)
        {
            long row = first + Group.IdxX / lanes;
            long end = row < rows.Length ? length : 0;
            DevicePosition position = rows.Locate(row < rows.Length ? row : 0);
            long from = xRows.At(position);
            long to = dxRows.At(position);
            long place = target[targetRows.At(position)];
            T max = Largest(x, from, end, lane, lanes, shared);
            T sum = SumOfExponentials(x, from, end, max, lane, lanes, shared);
            T gradient = dy[dyRows.At(position)];
            T scale = gradient / sum;
            for (long i = lane; i < end; i += lanes)
            {
                T share = T.Exp(x[from + i] - max) * scale;
                if (i == place)
                    share -= gradient;
                dx[to + i] = place == ignoreIndex ? T.Zero : share;
            }
        }
    }

    private static T Largest<T>(ArrayView<T> x, long from, long length, int lane, int lanes, ArrayView<T> shared)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = Constants<T>.Lowest;
        for (long i = lane; i < length; i += lanes)
        {
            T value = x[from + i];
            if (value > largest)
                largest = value;
        }
        return GroupRows.Max(largest, lanes, shared);
    }

    private static T SumOfExponentials<T>(ArrayView<T> x, long from, long length, T max, int lane, int lanes, ArrayView<T> shared)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (long i = lane; i < length; i += lanes)
            sum += T.Exp(x[from + i] - max);
        return GroupRows.Sum(sum, lanes, shared);
    }
}
