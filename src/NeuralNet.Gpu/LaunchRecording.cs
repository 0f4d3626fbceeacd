using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Gpu;

/// <summary>
/// What a device did in a step, in its order, with all memory that it used, so that it can be done again. The caller holds the lock of the device where it
/// speaks to the device.
/// </summary>
/// <param name="backend">The device.</param>
/// <param name="device">The device as users know it.</param>
internal sealed class LaunchRecording(GpuBackend backend, Device device) : IDisposable
{
    private readonly List<Action<AcceleratorStream>> _launches = [];
    private readonly HashSet<Storage> _storages = [];
    private readonly List<IDisposable> _constants = [];
    private readonly List<NumberTable> _updates = [];
    private readonly List<(RecordedDraw Draw, NumberTable Table)> _draws = [];
    private readonly List<(GpuStorage Note, Shape Shape, long Limit)> _indices = [];
    private int _repeatedUpdates;
    private int _thread = Environment.CurrentManagedThreadId;

    /// <summary>What the host computes anew in each repetition.</summary>
    public StepRecording Step { get; } = new(device);

    /// <summary>Whether this thread runs or repeats the step; what others do beside it is theirs.</summary>
    public bool IsOfThisThread => _thread == Environment.CurrentManagedThreadId;

    /// <summary>How many kernels and copies there are.</summary>
    public int Count => _launches.Count;

    /// <summary>Adds a kernel or copy.</summary>
    public void Add(Action<AcceleratorStream> launch) => _launches.Add(launch);

    /// <summary>Adds a copy from host memory, whose contents are those of now in every repetition.</summary>
    public void AddCopy(PageLockedArray1D<byte> source, ArrayView<byte> target)
    {
        _constants.Add(source);
        Add(stream => target.CopyFromCPUUnsafeAsync(stream, ref source[0], source.Span.Length));
    }

    /// <summary>Keeps the memory of an operand, which must not become another tensor's.</summary>
    public void Hold(Storage storage)
    {
        if (_storages.Add(storage) && !storage.TryAddOwner())
            _storages.Remove(storage);
    }

    /// <summary>Gives the numbers of an optimizer's kernel a place in memory, in which each repetition has its own.</summary>
    public ArrayView<T> AddUpdate<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        NumberTable table = AddTable(MemoryMarshal.AsBytes(numbers));
        _updates.Add(table);
        return table.Storage.Elements<T>();
    }

    /// <summary>Gives a draw a place in memory for how far it moves in its stream; none to one that never moves.</summary>
    public ArrayView<ulong> AddDraw(ulong key, ulong block)
    {
        if (Step.FindDraw(key, block) is not { } draw)
            return default;
        draw.IsRepeated = true;
        NumberTable table = AddTable(new byte[sizeof(ulong)]);
        _draws.Add((draw, table));
        return table.Storage.Elements<ulong>();
    }

    /// <summary>Whether repetitions check indices.</summary>
    public bool ChecksIndices => _indices.Count > 0;

    /// <summary>
    /// Gives indices that repetitions check a place in memory for the first that is out of range: its position, counted from 1, and its
    /// value.
    /// </summary>
    public ArrayView<long> AddIndices(Shape shape, long limit)
    {
        NumberTable table = AddTable(new byte[2 * sizeof(long)]);
        _indices.Add((table.Storage, shape, limit));
        return table.Storage.Elements<long>();
    }

    /// <summary>Reads what repetitions noted, and forgets it. The device has done everything.</summary>
    /// <returns>What is wrong, as the end of a message, and the index; null if nothing is.</returns>
    public (string Text, long Index)? FindOutOfRange(AcceleratorStream stream)
    {
        (string Text, long Index)? first = null;
        Span<long> note = stackalloc long[2];
        foreach ((GpuStorage storage, Shape shape, long limit) in _indices)
        {
            storage.Elements<long>().CopyToCPU(stream, ref note[0], note.Length);
            stream.Synchronize();
            if (note[0] == 0)
                continue;
            first ??= ($"the index {note[1]} at position {note[0] - 1} of {shape}, outside [0, {limit})", note[1]);
            storage.Elements<long>().MemSetToZero(stream);
            stream.Synchronize();
        }
        return first;
    }

    /// <summary>Takes the numbers of the next of an optimizer's kernels for this repetition.</summary>
    public void RepeatUpdate<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged => MemoryMarshal.AsBytes(numbers).CopyTo(_updates[_repeatedUpdates++].Numbers);

    /// <summary>Makes the recording this thread's, which is about to repeat it.</summary>
    public void Claim()
    {
        _thread = Environment.CurrentManagedThreadId;
        _repeatedUpdates = 0;
    }

    /// <summary>Computes the numbers of a repetition, and sends them to the device.</summary>
    public void Prepare()
    {
        Step.Repeat();
        // Any of them may have other contents from now on, which a graph that saved it must notice.
        foreach (Storage storage in _storages)
            storage.BumpVersion();
        foreach ((RecordedDraw draw, NumberTable table) in _draws)
            MemoryMarshal.Write(table.Numbers, draw.Shift);
        foreach (NumberTable table in _updates)
            backend.Upload(table.Numbers, table.Storage, 0);
        foreach ((_, NumberTable table) in _draws)
            backend.Upload(table.Numbers, table.Storage, 0);
    }

    /// <summary>Does everything again.</summary>
    public void Run(AcceleratorStream stream) => _launches.ForEach(launch => launch(stream));

    public void Dispose()
    {
        foreach (Storage storage in _storages)
            storage.RemoveOwner();
        foreach (IDisposable constant in _constants)
            constant.Dispose();
        _storages.Clear();
        _indices.Clear();
        _constants.Clear();
        _launches.Clear();
    }

    private NumberTable AddTable(ReadOnlySpan<byte> numbers)
    {
        NumberTable table = new((GpuStorage)backend.Allocate(numbers.Length), numbers.ToArray());
        // The recording is the only owner.
        _storages.Add(table.Storage);
        backend.UploadUnrecorded(numbers, table.Storage, 0);
        return table;
    }

    /// <param name="Storage">Where kernels read them.</param>
    /// <param name="Numbers">The numbers of this repetition.</param>
    private sealed record NumberTable(GpuStorage Storage, byte[] Numbers);
}
