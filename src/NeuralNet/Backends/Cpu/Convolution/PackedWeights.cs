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
    private nint _channels;
    private nint _span;
    private nint _lowest;
    private bool _isDense;

    /// <summary>Positions of a window that would be turned and not used; with more of them elements are copied one by one.</summary>
    private const nint MostUnused = 3;

    /// <summary>The columns of a group, the last panel filled up.</summary>
    public static nint ColumnsOf<TVector, T>(nint columns)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T> => GemmPlan.CeilingDivide(columns, TVector.Count) * TVector.Count;

    /// <summary>Says where weights lie.</summary>
    /// <param name="source">The weight of the first step, column and group.</param>
    /// <param name="steps">Where each step of the sum finds its weight, from there: for each element of the window, the channels.</param>
    /// <param name="sumLength">The number of steps.</param>
    /// <param name="taps">The number of elements of the window.</param>
    /// <param name="column">From a column to the next.</param>
    /// <param name="columns">The columns of a group.</param>
    /// <param name="group">From a group to the next.</param>
    public static PackedWeights Of<T>(T* source, long* steps, nint sumLength, nint taps, nint column, nint columns, nint group = 0)
        where T : unmanaged
    {
        PackedWeights job = new()
        {
            _source = source,
            _steps = steps,
            _sumLength = sumLength,
            _column = column,
            _columns = columns,
            _group = group,
            _taps = taps,
            _channels = taps == 0 ? 0 : sumLength / taps,
        };
        if (taps > 0)
            job.Measure();
        return job;
    }

    /// <summary>Packs the weights of all groups.</summary>
    /// <param name="groups">The number of groups.</param>
    /// <param name="destination">Room for <c>groups · sumLength</c> rows of <see cref="ColumnsOf"/>.</param>
    /// <param name="workers">The threads.</param>
    public void PackAll<TVector, T>(nint groups, T* destination, WorkerPool workers)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        PackedWeights job = this;
        job._destination = destination;
        job._panels = GemmPlan.CeilingDivide(_columns, 2 * TVector.Count);
        int chunks = checked((int)(groups * job._panels));
        if (groups * _columns * _sumLength >= SmallPacking)
        {
            workers.Run(&PackPanel<TVector, T>, &job, chunks);
            return;
        }
        for (int chunk = 0; chunk < chunks; chunk++)
            PackPanel<TVector, T>(&job, chunk);
    }

    /// <summary>Packs some channels of a panel of two vectors of columns: for each element of the window, their rows.</summary>
    /// <returns>The elements of a row: one vector or two.</returns>
    public readonly nint PackChannels<TVector, T>(nint group, nint panel, nint channel, nint count, T* destination)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        nint first = panel * (2 * TVector.Count);
        nint columns = Math.Min(2 * TVector.Count, _columns - first);
        nint width = columns > TVector.Count ? 2 * TVector.Count : TVector.Count;
        T* source = (T*)_source + group * _group + first * _column;
        if (_span > 0 && columns > 1)
            TurnRows<TVector, T>(source, columns, width, channel, count, destination);
        else
            PackRows(source, columns, width, channel, count, destination);
        return width;
    }

    private static void PackPanel<TVector, T>(void* context, int chunk)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        ref readonly PackedWeights job = ref *(PackedWeights*)context;
        (nint group, nint panel) = Math.DivRem(chunk, job._panels);
        nint column = group * ColumnsOf<TVector, T>(job._columns) + panel * (2 * TVector.Count);
        job.PackChannels<TVector, T>(group, panel, 0, job._channels, (T*)job._destination + column * job._sumLength);
    }

    /// <summary>
    /// Finds out whether the weights of a window lie together, in one order for each channel: then rows of them can be turned into columns by blocks.
    /// </summary>
    private void Measure()
    {
        nint channels = _channels;
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
    /// Packs channels by transposing what lies together: the windows of as many neighbouring channels as there is room for, or of one.
    /// </summary>
    private readonly void TurnRows<TVector, T>(T* source, nint columns, nint width, nint first, nint count, T* destination)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        T* turned = (T*)ThreadMemory.Current.Panel;
        nint atOnce = _isDense ? Math.Max(1, LinesAtOnce / _span) : 1;
        if (columns < width)
            new Span<byte>(turned, checked((int)(atOnce * _span * width * sizeof(T)))).Clear();
        for (nint channel = 0; channel < count; channel += atOnce)
        {
            nint rows = Math.Min(atOnce, count - channel);
            T* from = source + (nint)_steps[first + channel] + _lowest;
            Transposition.Run(from, _column, columns, rows * _span, turned, width);
            for (nint tap = 0; tap < _taps; tap++)
            {
                nint position = (nint)(_steps[tap * _channels] - _steps[0]) - _lowest;
                CopyRows<TVector, T>(turned + position * width, _span * width, rows, width, destination + (tap * count + channel) * width);
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

    private readonly void PackRows<T>(T* source, nint columns, nint width, nint first, nint count, T* destination)
        where T : unmanaged
    {
        for (nint tap = 0; tap < _taps; tap++)
        {
            for (nint channel = 0; channel < count; channel++, destination += width)
                PackRow(source + _steps[tap * _channels + first + channel], _column, columns, width, destination);
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
    private static void PackRow<T>(T* source, nint column, nint columns, nint width, T* destination)
        where T : unmanaged
    {
        nint i = 0;
        for (; i < columns; i++, source += column)
            destination[i] = *source;
        for (; i < width; i++)
            destination[i] = default;
    }
}
