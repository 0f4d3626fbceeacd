using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// Device code of <see cref="IIndexingKernels"/>. What is added to one element is added by one thread, in order: there are no atomics.
/// Indices were checked, but for those of a step that is repeated: one out of range reads and writes nothing that it should not, and the
/// device notes it.
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
        long axisLength,
        ArrayView<long> index,
        DeviceStrides indexStrides,
        ArrayView<T> y,
        DeviceStrides yStrides)
        where T : unmanaged
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
        {
            DevicePosition position = shape.Locate(i);
            long place = index[indexStrides.At(position)];
            if (place < 0 || place >= axisLength)
                place = 0;
            y[yStrides.At(position)] = x[xStrides.At(position) + place * axisStride];
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
                long chosen = index[place + j * arguments.IndexStride];
                if (chosen < 0 || chosen >= arguments.TargetLength)
                    continue;
                long target = to + chosen * arguments.TargetStride;
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
                long chosen = index[place + j * arguments.IndexStride];
                if (chosen < 0 || chosen >= arguments.TargetLength)
                    continue;
                long target = to + chosen * arguments.TargetStride;
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

    /// <summary>For each thread the first position of its elements that is outside [0, limit) and not ignored, or the length.</summary>
    public static void FindOutOfRange(
        DeviceShape shape, ArrayView<long> index, DeviceStrides indexStrides, long limit, long ignored, int ignores, ArrayView<long> first)
    {
        long found = shape.Length;
        for (long i = GridLoop.Start; i < shape.Length && found == shape.Length; i += GridLoop.Step)
        {
            long value = index[indexStrides.At(shape.Locate(i))];
            if ((value < 0 || value >= limit) && (ignores == 0 || value != ignored))
                found = i;
        }
        first[GridLoop.Start] = found;
    }

    /// <summary>
    /// By one group: notes the smallest of the positions found, counted from 1, and the index there, unless something is noted already.
    /// </summary>
    public static void NoteOutOfRange(
        DeviceShape shape, ArrayView<long> index, DeviceStrides indexStrides, long count, ArrayView<long> first, ArrayView<long> note)
    {
        ArrayView<long> shared = SharedMemory.Allocate<long>(GpuBackend.GroupSize);
        int thread = Group.IdxX;
        long smallest = shape.Length;
        for (long i = thread; i < count; i += GpuBackend.GroupSize)
            smallest = first[i] < smallest ? first[i] : smallest;
        shared[thread] = smallest;
        Group.Barrier();
        for (int half = GpuBackend.GroupSize / 2; half > 0; half >>= 1)
        {
            if (thread < half && shared[thread + half] < shared[thread])
                shared[thread] = shared[thread + half];
            Group.Barrier();
        }
        if (thread != 0 || shared[0] >= shape.Length || note[0] != 0)
            return;
        note[0] = shared[0] + 1;
        note[1] = index[indexStrides.At(shape.Locate(shared[0]))];
    }
}
