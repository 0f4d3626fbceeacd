using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// Device code of <see cref="IIndexingKernels"/>. What is added to one element is added by one thread, in order: there are no atomics.
/// </summary>
internal static class IndexingKernels
{
    /// <summary>The bytes of a mask that one thread lists.</summary>
    public const long MaskPart = 256;

    /// <summary>x has stride 0 along the axis; <paramref name="axisStride"/> is its own.</summary>
    public static void Gather<T>(
        DeviceShape shape,
        ArrayView<T> x,
        DeviceStrides xStrides,
        long axisStride,
        ArrayView<long> index,
        DeviceStrides indexStrides,
        ArrayView<T> y,
        DeviceStrides yStrides)
        where T : unmanaged
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
        {
            DevicePosition position = shape.Locate(i);
            y[yStrides.At(position)] = x[xStrides.At(position) + index[indexStrides.At(position)] * axisStride];
        }
    }

    public static void ScatterAdd<T>(
        ScatterArguments arguments,
        DeviceShape lines,
        ArrayView<T> y,
        DeviceStrides yLines,
        ArrayView<long> index,
        DeviceStrides indexLines,
        ArrayView<T> updates,
        DeviceStrides updateLines)
        where T : unmanaged, INumber<T>
    {
        for (long i = GridLoop.Start; i < lines.Length; i += GridLoop.Step)
        {
            DevicePosition position = lines.Locate(i);
            long to = yLines.At(position);
            long place = indexLines.At(position);
            long from = updateLines.At(position);
            for (long j = 0; j < arguments.Length; j++)
            {
                long target = to + index[place + j * arguments.IndexStride] * arguments.TargetStride;
                y[target] = y[target] + updates[from + j * arguments.UpdateStride];
            }
        }
    }

    public static void ScatterReduce<T, TOp>(
        TOp op,
        ScatterArguments arguments,
        DeviceShape lines,
        ArrayView<T> y,
        DeviceStrides yLines,
        ArrayView<long> index,
        DeviceStrides indexLines,
        ArrayView<T> updates,
        DeviceStrides updateLines)
        where T : unmanaged
        where TOp : struct, IBinaryOperator<T>
    {
        for (long i = GridLoop.Start; i < lines.Length; i += GridLoop.Step)
        {
            DevicePosition position = lines.Locate(i);
            long to = yLines.At(position);
            long place = indexLines.At(position);
            long from = updateLines.At(position);
            for (long j = 0; j < arguments.Length; j++)
            {
                long target = to + index[place + j * arguments.IndexStride] * arguments.TargetStride;
                y[target] = op.Invoke(y[target], updates[from + j * arguments.UpdateStride]);
            }
        }
    }

    /// <summary>How many bytes of each part of a mask are not 0.</summary>
    public static void CountNonzero(DeviceShape shape, ArrayView<byte> mask, DeviceStrides maskStrides, ArrayView<long> counts)
    {
        for (long part = GridLoop.Start; part * MaskPart < shape.Length; part += GridLoop.Step)
        {
            long end = IntrinsicMath.Min((part + 1) * MaskPart, shape.Length);
            long count = 0;
            for (long i = part * MaskPart; i < end; i++)
                count += mask[maskStrides.At(shape.Locate(i))] != 0 ? 1 : 0;
            counts[part] = count;
        }
    }

    /// <summary>Turns counts into the sums of those before, by one thread.</summary>
    public static void SumCounts(long length, ArrayView<long> counts, long first)
    {
        if (GridLoop.Start != 0)
            return;
        long sum = first;
        for (long i = 0; i < length; i++)
        {
            long count = counts[i];
            counts[i] = sum;
            sum += count;
        }
    }

    /// <summary>Lists the positions of the bytes that are not 0, of each part from its place on.</summary>
    public static void ListNonzero(
        DeviceShape shape, ArrayView<byte> mask, DeviceStrides maskStrides, ArrayView<long> starts, long listed, int rank, ArrayView<long> positions)
    {
        for (long part = GridLoop.Start; part * MaskPart < shape.Length; part += GridLoop.Step)
        {
            long end = IntrinsicMath.Min((part + 1) * MaskPart, shape.Length);
            long row = starts[part];
            for (long i = part * MaskPart; i < end && row < listed; i++)
            {
                DevicePosition position = shape.Locate(i);
                if (mask[maskStrides.At(position)] == 0)
                    continue;
                long last = (row + 1) * rank - 1;
                if (rank > 0) positions[last] = position.Axis0;
                if (rank > 1) positions[last - 1] = position.Axis1;
                if (rank > 2) positions[last - 2] = position.Axis2;
                if (rank > 3) positions[last - 3] = position.Axis3;
                if (rank > 4) positions[last - 4] = position.Axis4;
                if (rank > 5) positions[last - 5] = position.Axis5;
                if (rank > 6) positions[last - 6] = position.Axis6;
                if (rank > 7) positions[last - 7] = position.Axis7;
                row++;
            }
        }
    }

    /// <summary>For each thread the first position of its elements that is outside [0, limit), or the length.</summary>
    public static void FindOutOfRange(DeviceShape shape, ArrayView<long> index, DeviceStrides indexStrides, long limit, ArrayView<long> first)
    {
        long found = shape.Length;
        for (long i = GridLoop.Start; i < shape.Length && found == shape.Length; i += GridLoop.Step)
        {
            long value = index[indexStrides.At(shape.Locate(i))];
            if (value < 0 || value >= limit)
                found = i;
        }
        first[GridLoop.Start] = found;
    }
}
