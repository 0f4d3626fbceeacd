using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// Device code of <see cref="IReductionKernels"/>. The order of combination depends on the sizes alone: which kernel runs, and in how many
/// parts, must be chosen by the size of the problem. There are no atomics.
/// </summary>
/// <remarks>
/// <c>kept</c> is the shape of the axes that stay, one result each, and <c>reduced</c> the shape of the others. x has strides over either;
/// the offset is in the first.
/// </remarks>
internal static class ReductionKernels
{
    /// <summary>The threads of a group in the kernels that share memory. A launch with another number is wrong.</summary>
    public const int GroupSize = GpuBackend.GroupSize;

    /// <summary>One thread combines all elements of a result: for many results of few elements.</summary>
    public static void ReduceByThread<T, TAcc, TOp>(
        TOp op,
        DeviceShape kept,
        DeviceShape reduced,
        ArrayView<T> x,
        DeviceStrides xKept,
        DeviceStrides xReduced,
        ArrayView<TAcc> y,
        DeviceStrides yStrides)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        for (long i = GridLoop.Start; i < kept.Length; i += GridLoop.Step)
        {
            DevicePosition position = kept.Locate(i);
            long start = xKept.At(position);
            TAcc result = op.Identity;
            for (long j = 0; j < reduced.Length; j++)
                result = op.Combine(result, op.Lift(x[start + xReduced.At(reduced.Locate(j))]));
            y[yStrides.At(position)] = result;
        }
    }

    /// <summary>
    /// One thread combines the elements of one part of a result into partials[result · parts + part]: for long reductions over outer axes, where the elements
    /// of neighbouring results are neighbours in memory; <see cref="CombinePartials"/> finishes.
    /// </summary>
    public static void ReducePartsByThread<T, TAcc, TOp>(
        TOp op,
        DeviceShape kept,
        DeviceShape reduced,
        long parts,
        long partLength,
        ArrayView<T> x,
        DeviceStrides xKept,
        DeviceStrides xReduced,
        ArrayView<TAcc> partials)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        for (long i = GridLoop.Start; i < kept.Length * parts; i += GridLoop.Step)
        {
            long number = i % kept.Length;
            long part = i / kept.Length;
            long start = xKept.At(kept.Locate(number));
            long end = IntrinsicMath.Min((part + 1) * partLength, reduced.Length);
            TAcc result = op.Identity;
            for (long j = part * partLength; j < end; j++)
                result = op.Combine(result, op.Lift(x[start + xReduced.At(reduced.Locate(j))]));
            partials[number * parts + part] = result;
        }
    }

    /// <summary>
    /// One group combines the elements of one part of a result, of <paramref name="partLength"/> elements, into
    /// partials[result · parts + part]; <see cref="CombinePartials"/> finishes.
    /// </summary>
    public static void ReduceByGroup<T, TAcc, TOp>(
        TOp op,
        DeviceShape kept,
        DeviceShape reduced,
        long parts,
        long partLength,
        ArrayView<T> x,
        DeviceStrides xKept,
        DeviceStrides xReduced,
        ArrayView<TAcc> partials)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        ArrayView<TAcc> shared = SharedMemory.Allocate<TAcc>(GroupSize);
        for (long i = Grid.IdxX; i < kept.Length * parts; i += Grid.DimX)
        {
            long start = xKept.At(kept.Locate(i / parts));
            long from = i % parts * partLength;
            long to = from + partLength < reduced.Length ? from + partLength : reduced.Length;
            TAcc result = op.Identity;
            for (long j = from + Group.IdxX; j < to; j += GroupSize)
                result = op.Combine(result, op.Lift(x[start + xReduced.At(reduced.Locate(j))]));
            result = CombineGroup<T, TAcc, TOp>(op, result, shared);
            if (Group.IdxX == 0)
                partials[i] = result;
        }
    }

    /// <summary>Combines the parts of each result, in their order.</summary>
    public static void CombinePartials<T, TAcc, TOp>(
        TOp op,
        DeviceShape kept,
        long parts,
        ArrayView<TAcc> partials,
        ArrayView<TAcc> y,
        DeviceStrides yStrides)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        for (long i = GridLoop.Start; i < kept.Length; i += GridLoop.Step)
        {
            TAcc result = op.Identity;
            for (long part = 0; part < parts; part++)
                result = op.Combine(result, partials[i * parts + part]);
            y[yStrides.At(kept.Locate(i))] = result;
        }
    }

    /// <summary>
    /// The position of the element that wins along one axis, of <paramref name="length"/> elements, by one group for each result.
    /// </summary>
    public static void ArgReduce<T, TOp>(
        TOp op,
        DeviceShape kept,
        long length,
        ArrayView<T> x,
        DeviceStrides xKept,
        long xStride,
        ArrayView<long> y,
        DeviceStrides yStrides)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        ArrayView<long> shared = SharedMemory.Allocate<long>(GroupSize);
        for (long i = Grid.IdxX; i < kept.Length; i += Grid.DimX)
        {
            DevicePosition position = kept.Locate(i);
            ArrayView<T> line = x.SubView(xKept.At(position));
            // Threads beyond the length carry the first element along: it never wins over itself.
            long best = Group.IdxX < length ? Group.IdxX : 0;
            for (long j = best + GroupSize; j < length; j += GroupSize)
            {
                if (op.Invoke(line[j * xStride], line[best * xStride]))
                    best = j;
            }
            shared[Group.IdxX] = best;
            Group.Barrier();
            for (int half = GroupSize / 2; half > 0; half >>= 1)
            {
                if (Group.IdxX < half)
                    shared[Group.IdxX] = Winner(op, line, xStride, shared[Group.IdxX], shared[Group.IdxX + half]);
                Group.Barrier();
            }
            if (Group.IdxX == 0)
                y[yStrides.At(position)] = shared[0];
            Group.Barrier();
        }
    }

    /// <summary>Combines one value of each thread by a tree; the result is thread 0's. All threads of the group must come here.</summary>
    private static TAcc CombineGroup<T, TAcc, TOp>(TOp op, TAcc value, ArrayView<TAcc> shared)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        shared[Group.IdxX] = value;
        Group.Barrier();
        for (int half = GroupSize / 2; half > 0; half >>= 1)
        {
            if (Group.IdxX < half)
                shared[Group.IdxX] = op.Combine(shared[Group.IdxX], shared[Group.IdxX + half]);
            Group.Barrier();
        }
        TAcc result = shared[0];
        // The next part must not overwrite what a slower thread has still to read.
        Group.Barrier();
        return result;
    }

    /// <summary>The one of two positions whose element wins; of equals the smaller position.</summary>
    private static long Winner<T, TOp>(TOp op, ArrayView<T> line, long stride, long a, long b)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        long first = a < b ? a : b;
        long second = a < b ? b : a;
        return op.Invoke(line[second * stride], line[first * stride]) ? second : first;
    }
}
