using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>Copies weights into the panels that the micro-kernels read: for each step of the sum, a row of one or two vectors.</summary>
internal unsafe struct PackedWeights
{
    private const nint SmallPacking = 1 << 14;

    /// <summary>Lines of weights that are turned at a time, so that they stay in the nearest cache.</summary>
    private const nint LinesAtOnce = 144;

    private void* _source;
    private void* _destination;
    private long* _steps;
    private nint _sumLength;
    private nint _column;
    private nint _columns;
    private nint _group;
    private nint _panels;
    private nint _taps;
    private nint _span;
    private nint _lowest;
    private bool _isDense;

    /// <summary>Positions of a window that would be turned and not used; with more of them elements are copied one by one.</summary>
    private const nint MostUnused = 3;

    /// <summary>The columns of a group, the last panel filled up.</summary>
    public static nint ColumnsOf<TVector, T>(nint columns)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T> => GemmPlan.CeilingDivide(columns, TVector.Count) * TVector.Count;

    /// <summary>Packs the weights of all groups.</summary>
    /// <param name="source">The weight of the first step, column and group.</param>
    /// <param name="steps">Where each step of the sum finds its weight, from there: for each element of the window, the channels.</param>
    /// <param name="sumLength">The number of steps.</param>
    /// <param name="taps">The number of elements of the window.</param>
    /// <param name="column">From a column to the next.</param>
    /// <param name="columns">The columns of a group.</param>
    /// <param name="group">From a group to the next.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="destination">Room for <c>groups · sumLength</c> rows of <see cref="ColumnsOf"/>.</param>
    /// <param name="workers">The threads.</param>
    public static void Pack<TVector, T>(
        T* source, long* steps, nint sumLength, nint taps, nint column, nint columns, nint group, nint groups, T* destination, WorkerPool workers)
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
            _taps = taps,
        };
        if (taps > 0)
            job.Measure();
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
        if (job._span > 0 && columns > 1)
            TurnRows<TVector, T>(in job, source, columns, width, destination);
        else
            PackRows(source, job._steps, job._sumLength, job._column, columns, width, destination);
    }

    /// <summary>
    /// Finds out whether the weights of a window lie together, in one order for each channel: then rows of them can be turned into columns by blocks.
    /// </summary>
    private void Measure()
    {
        nint channels = _sumLength / _taps;
        long low = long.MaxValue, high = long.MinValue;
        for (nint tap = 0; tap < _taps; tap++)
        {
            low = Math.Min(low, _steps[tap * channels]);
            high = Math.Max(high, _steps[tap * channels]);
        }
        nint span = (nint)(high - low + 1);
        if (span > MostUnused * _taps || span > GemmPlan.MaximumSteps)
            return;
        _lowest = (nint)(low - _steps[0]);
        _span = span;
        _isDense = channels == 1 || _steps[1] - _steps[0] == span;
    }

    /// <summary>
    /// Packs a panel by transposing what lies together: the windows of as many neighbouring channels as there is room for, or of one.
    /// </summary>
    private static void TurnRows<TVector, T>(in PackedWeights job, T* source, nint columns, nint width, T* destination)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        T* turned = (T*)ThreadMemory.Current.Panel;
        nint channels = job._sumLength / job._taps;
        nint atOnce = job._isDense ? Math.Max(1, LinesAtOnce / job._span) : 1;
        if (columns < width)
            new Span<byte>(turned, checked((int)(atOnce * job._span * width * sizeof(T)))).Clear();
        for (nint channel = 0; channel < channels; channel += atOnce)
        {
            nint count = Math.Min(atOnce, channels - channel);
            T* from = source + (nint)job._steps[channel] + job._lowest;
            Transposition.Run(from, job._column, columns, count * job._span, turned, width);
            for (nint tap = 0; tap < job._taps; tap++)
            {
                nint position = (nint)(job._steps[tap * channels] - job._steps[0]) - job._lowest;
                CopyRows<TVector, T>(turned + position * width, job._span * width, count, width, destination + (tap * channels + channel) * width);
            }
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows<TVector, T>(T* source, nint line, nint rows, nint width, T* destination)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        for (; rows > 0; rows--, source += line)
        {
            for (nint i = 0; i < width; i += TVector.Count, destination += TVector.Count)
                TVector.Load(source + i).Store(destination);
        }
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
