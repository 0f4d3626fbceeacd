using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>Copies weights into the panels that the micro-kernels read: for each step of the sum, a row of one or two vectors.</summary>
internal unsafe struct PackedWeights
{
    private const nint SmallPacking = 1 << 14;

    private void* _source;
    private void* _destination;
    private long* _steps;
    private nint _sumLength;
    private nint _column;
    private nint _columns;
    private nint _group;
    private nint _panels;

    /// <summary>The columns of a group, the last panel filled up.</summary>
    public static nint ColumnsOf<TVector, T>(nint columns)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T> => GemmPlan.CeilingDivide(columns, TVector.Count) * TVector.Count;

    /// <summary>Packs the weights of all groups.</summary>
    /// <param name="source">The weight of the first step, column and group.</param>
    /// <param name="steps">Where each step of the sum finds its weight, from there.</param>
    /// <param name="sumLength">The number of steps.</param>
    /// <param name="column">From a column to the next.</param>
    /// <param name="columns">The columns of a group.</param>
    /// <param name="group">From a group to the next.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="destination">Room for <c>groups · sumLength</c> rows of <see cref="ColumnsOf"/>.</param>
    /// <param name="workers">The threads.</param>
    public static void Pack<TVector, T>(
        T* source, long* steps, nint sumLength, nint column, nint columns, nint group, nint groups, T* destination, WorkerPool workers)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        PackedWeights job = new()
        {
            _source = source,
            _destination = destination,
            _steps = steps,
            _sumLength = sumLength,
            _column = column,
            _columns = columns,
            _group = group,
            _panels = GemmPlan.CeilingDivide(columns, 2 * TVector.Count),
        };
        int chunks = checked((int)(groups * job._panels));
        if (groups * columns * sumLength >= SmallPacking)
        {
            workers.Run(&PackPanel<TVector, T>, &job, chunks);
            return;
        }
        for (int chunk = 0; chunk < chunks; chunk++)
            PackPanel<TVector, T>(&job, chunk);
    }

    private static void PackPanel<TVector, T>(void* context, int chunk)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        ref readonly PackedWeights job = ref *(PackedWeights*)context;
        (nint group, nint panel) = Math.DivRem(chunk, job._panels);
        nint first = panel * (2 * TVector.Count);
        nint columns = Math.Min(2 * TVector.Count, job._columns - first);
        nint width = columns > TVector.Count ? 2 * TVector.Count : TVector.Count;
        T* source = (T*)job._source + group * job._group + first * job._column;
        T* destination = (T*)job._destination + (group * ColumnsOf<TVector, T>(job._columns) + first) * job._sumLength;
        PackRows(source, job._steps, job._sumLength, job._column, columns, width, destination);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
    private static void PackRows<T>(T* source, long* steps, nint sumLength, nint column, nint columns, nint width, T* destination)
        where T : unmanaged
    {
        for (nint step = 0; step < sumLength; step++, destination += width)
        {
            T* from = source + steps[step];
            nint i = 0;
            for (; i < columns; i++, from += column)
                destination[i] = *from;
            for (; i < width; i++)
                destination[i] = default;
        }
    }
}
