using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Device code of <see cref="IScanKernels"/>: a thread for each line, in the order of its elements.</summary>
internal static class ScanKernels
{
    public static void Scan<T, TAcc, TOp>(
        TOp op,
        DeviceShape lines,
        long length,
        ArrayView<T> x,
        DeviceStrides xLines,
        long xStride,
        ArrayView<TAcc> y,
        DeviceStrides yLines,
        long yStride)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        for (long i = GridLoop.Start; i < lines.Length; i += GridLoop.Step)
        {
            DevicePosition position = lines.Locate(i);
            long from = xLines.At(position);
            long to = yLines.At(position);
            TAcc result = op.Identity;
            for (long j = 0; j < length; j++)
            {
                result = op.Combine(result, op.Lift(x[from + j * xStride]));
                y[to + j * yStride] = result;
            }
        }
    }

    public static void ArgScan<T, TOp>(
        TOp op,
        DeviceShape lines,
        long length,
        ArrayView<T> x,
        DeviceStrides xLines,
        long xStride,
        ArrayView<long> y,
        DeviceStrides yLines,
        long yStride)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        for (long i = GridLoop.Start; i < lines.Length; i += GridLoop.Step)
        {
            DevicePosition position = lines.Locate(i);
            long from = xLines.At(position);
            long to = yLines.At(position);
            long best = 0;
            for (long j = 0; j < length; j++)
            {
                if (op.Invoke(x[from + j * xStride], x[from + best * xStride]))
                    best = j;
                y[to + j * yStride] = best;
            }
        }
    }
}
