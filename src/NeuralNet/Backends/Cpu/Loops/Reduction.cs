using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Threading;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// A reduction over any axes: by columns where the axis whose neighbours lie closest is kept, by rows where it is reduced. Threads share
/// the outputs; where these are few and long, the outermost reduced axis is cut as well, into parts that depend on the sizes alone.
/// </summary>
internal unsafe struct Reduction<T, TAcc, TOp, TVector>
    where T : unmanaged
    where TAcc : unmanaged
    where TOp : struct, IReductionOperator<T, TAcc>
    where TVector : struct, ISimd<TVector, TAcc>
{
    /// <summary>With this many tasks made of outputs alone, no reduced axis is cut.</summary>
    private const int EnoughTasks = 16;

    private const int MaxParts = 64;

    /// <summary>The elements of a task are a sixteenth of all, between these: a reduction reads fast and writes next to nothing.</summary>
    private const long ShortestPiece = 16 * 1024;
    private const long LongestPiece = 64 * 1024;

    /// <summary>Partial results up to this many bytes live on the stack.</summary>
    private const int StackLimit = 16 * 1024;

    private readonly TOp _op;

    /// <summary>The kept axes: operand 0 is x, operand 1 is y.</summary>
    private LoopPlan _kept;

    /// <summary>The reduced axes, as distances in x.</summary>
    private LoopPlan _reduced;

    private bool _byColumns;

    /// <summary>The outputs of a unit of work: one by rows, up to a tile's width by columns.</summary>
    private long _width;
    private long _unitsPerRow;
    private long _units;
    private long _unitsPerTask;
    private long _tasksPerPart;

    /// <summary>The length of a part on the outermost reduced axis.</summary>
    private long _partLength;

    public Reduction(TOp op, T* x, Layout xLayout, TAcc* y, Layout yLayout)
    {
        _op = op;
        uint reducedAxes = 0;
        for (int axis = 0; axis < xLayout.Rank; axis++)
        {
            if (yLayout.Sizes[axis] != xLayout.Sizes[axis])
                reducedAxes |= 1u << axis;
        }
        _kept = new(x, sizeof(T), xLayout, ~reducedAxes);
        _kept.Add(y, sizeof(TAcc), yLayout);
        _kept.Merge();
        _reduced = new(null, sizeof(T), xLayout, reducedAxes);
        _reduced.Merge();
    }

    /// <summary>Reduces; x is not empty.</summary>
    public void Run(WorkerPool workers, BufferPool pool)
    {
        Divide();
        long outermost = _reduced.Size(0);
        long parts = (outermost + _partLength - 1) / _partLength;
        if (parts == 1)
        {
            RunTasks(workers, parts);
            return;
        }
        long bytes = parts * _kept.Count * sizeof(TAcc);
        if (bytes <= StackLimit)
        {
            byte* scratch = stackalloc byte[(int)bytes];
            RunParts(workers, parts, (TAcc*)scratch);
            return;
        }
        NativeStorage rented = pool.Rent(bytes);
        RunParts(workers, parts, (TAcc*)Unsafe.AsPointer(ref rented.Reference));
        rented.RemoveOwner();
    }

    private void RunParts(WorkerPool workers, long parts, TAcc* partials)
    {
        LoopPlan results = _kept;
        _kept.SetDense(1, partials, sizeof(TAcc));
        RunTasks(workers, parts);
        CombineParts(partials, parts, _kept.Count);
        WriteResults(results, partials);
    }

    /// <summary>
    /// Chooses the way, the units, the tasks and the parts, from sizes and strides alone: threads do not show in results.
    /// </summary>
    private void Divide()
    {
        long keptStride = _kept.Stride(_kept.Rank - 1, 0);
        long reducedStride = _reduced.Stride(_reduced.Rank - 1, 0);
        _byColumns = keptStride != 0 && (reducedStride == 0 || keptStride < reducedStride);
        _width = _byColumns ? ColumnReduction<T, TAcc, TOp, TVector>.TileWidth(_kept.RowLength) : 1;
        _unitsPerRow = (_kept.RowLength + _width - 1) / _width;
        _units = _kept.Rows * _unitsPerRow;
        _partLength = _reduced.Size(0);
        long work = _kept.Count * _reduced.Count;
        if (work < RowLoop.ParallelFrom)
        {
            _unitsPerTask = _units;
            _tasksPerPart = 1;
            return;
        }
        long piece = Math.Clamp(work / EnoughTasks, ShortestPiece, LongestPiece);
        _unitsPerTask = Math.Max(1, piece / (_width * _reduced.Count));
        _unitsPerTask = Math.Max(_unitsPerTask, _units / int.MaxValue * 2);
        _tasksPerPart = (_units + _unitsPerTask - 1) / _unitsPerTask;
        if (_tasksPerPart >= EnoughTasks)
            return;
        long parts = Math.Clamp(work / (piece * _tasksPerPart), 1, MaxParts);
        long alignment = _byColumns ? ColumnReduction<T, TAcc, TOp, TVector>.BlockRows : RowReduction<T, TAcc, TOp, TVector>.Alignment;
        if (_reduced.Rank > 1)
            alignment = 1;
        _partLength = Math.Min(_partLength, (_partLength + parts * alignment - 1) / (parts * alignment) * alignment);
    }

    private void RunTasks(WorkerPool workers, long parts)
    {
        // The reduction is a local of the caller, which waits: its address holds.
        long tasks = parts * _tasksPerPart;
        if (tasks == 1)
            RunTask(Unsafe.AsPointer(ref this), 0);
        else
            workers.Run(&RunTask, Unsafe.AsPointer(ref this), (int)tasks);
    }

    private static void RunTask(void* state, int task)
    {
        ref Reduction<T, TAcc, TOp, TVector> reduction = ref Unsafe.AsRef<Reduction<T, TAcc, TOp, TVector>>(state);
        (long part, long inPart) = Math.DivRem(task, reduction._tasksPerPart);
        long first = inPart * reduction._unitsPerTask;
        long count = Math.Min(reduction._unitsPerTask, reduction._units - first);
        long start = part * reduction._partLength;
        long length = Math.Min(reduction._partLength, reduction._reduced.Size(0) - start);
        nint yOffset = (nint)(part * reduction._kept.Count * sizeof(TAcc));
        if (length == reduction._reduced.Size(0))
            reduction.RunUnits(reduction._reduced, first, count, yOffset);
        else
            reduction.RunUnits(reduction._reduced.Slice(start, length), first, count, yOffset);
    }

    private readonly void RunUnits(in LoopPlan reduced, long first, long count, nint yOffset)
    {
        long* position = stackalloc long[Shape.MaxRank];
        (long number, long unit) = Math.DivRem(first, _unitsPerRow);
        Row row = _kept.Seek(number, position);
        while (true)
        {
            long units = Math.Min(count, _unitsPerRow - unit);
            if (_byColumns)
                RunColumns(reduced, row, unit, units, yOffset);
            else
                RunRows(reduced, row, (nint)unit, (nint)units, yOffset);
            count -= units;
            if (count == 0)
                return;
            unit = 0;
            _kept.Advance(ref row, position);
        }
    }

    private readonly void RunColumns(in LoopPlan reduced, in Row row, long unit, long units, nint yOffset)
    {
        for (; units > 0; units--, unit++)
        {
            nint output = (nint)(unit * _width);
            int width = (int)Math.Min(_width, row.Count - output);
            byte* y = row.P1 + output * row.S1 + yOffset;
            ColumnReduction<T, TAcc, TOp, TVector>.Run(_op, reduced, row.P0 + output * row.S0, row.S0, y, row.S1, width);
        }
    }

    private readonly void RunRows(in LoopPlan reduced, in Row row, nint output, nint outputs, nint yOffset)
    {
        byte* x = row.P0 + output * row.S0;
        byte* y = row.P1 + output * row.S1 + yOffset;
        if (reduced.Rank == 1)
        {
            nint start = (nint)reduced.Start(0);
            RowReduction<T, TAcc, TOp, TVector>.Run(
                _op, x + start, row.S0, (nint)reduced.Stride(0, 0), (nint)reduced.Count, y, row.S1, outputs);
            return;
        }
        for (; outputs > 0; outputs--, x += row.S0, y += row.S1)
            *(TAcc*)y = RowReduction<T, TAcc, TOp, TVector>.Run(_op, x, reduced);
    }

    /// <summary>Combines parts pairwise, into the first.</summary>
    private readonly void CombineParts(TAcc* partials, long parts, long count)
    {
        for (long step = 1; step < parts; step *= 2)
        {
            for (long part = 0; part + step < parts; part += 2 * step)
                CombineElements(_op, partials + part * count, partials + (part + step) * count, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombineElements(TOp op, TAcc* first, TAcc* second, long count)
    {
        long i = 0;
        if (TOp.IsVectorized && TVector.Count > 1)
        {
            for (; i <= count - TVector.Count; i += TVector.Count)
                op.Combine(TVector.Load(first + i), TVector.Load(second + i)).Store(first + i);
        }
        for (; i < count; i++)
            first[i] = op.Combine(first[i], second[i]);
    }

    private static void WriteResults(in LoopPlan results, TAcc* values)
    {
        long* position = stackalloc long[Shape.MaxRank];
        Row row = results.Seek(0, position);
        for (long rows = results.Rows; rows > 0; rows--)
        {
            nint count = row.Count;
            if (row.S1 == sizeof(TAcc))
            {
                new ReadOnlySpan<TAcc>(values, (int)count).CopyTo(new Span<TAcc>(row.P1, (int)count));
            }
            else
            {
                for (nint i = 0; i < count; i++)
                    *(TAcc*)(row.P1 + i * row.S1) = values[i];
            }
            values += count;
            results.Advance(ref row, position);
        }
    }
}
