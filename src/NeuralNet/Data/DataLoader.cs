using System.Collections;

namespace NeuralNet;

/// <summary>Goes through a data set in batches; each enumeration is one epoch.</summary>
/// <example>
/// <code>
/// foreach ((Tensor x, Tensor y) in new DataLoader(data, batchSize: 64, shuffle: true, device: GpuDevice.Default))
/// {
///     …
/// }
/// </code>
/// </example>
public sealed class DataLoader : IEnumerable<Batch>
{
    private readonly Dataset _dataset;
    private readonly int _batchSize;
    private readonly bool _shuffle;
    private readonly bool _dropLast;
    private readonly RandomGenerator? _generator;
    private readonly Device _device;
    private long _epochs;

    /// <summary>Creates the loader.</summary>
    /// <param name="dataset">The examples.</param>
    /// <param name="batchSize">How many examples a batch has.</param>
    /// <param name="shuffle">Whether each epoch has an order of its own.</param>
    /// <param name="dropLast">Whether a last batch that is not full is left out.</param>
    /// <param name="generator">The source of the orders; <see cref="RandomGenerator.Current"/> at the start of each epoch if left
    /// out.</param>
    /// <param name="device">
    /// Where batches are to be: as the data set makes them if left out or <see cref="Device.Cpu"/>. For any other device the next batch is made and sent
    /// there in the background while one is used: <see cref="Dataset.GetBatch"/> is called by one thread of the pool at a time, with a
    /// <see cref="RandomGenerator.Current"/> of its own that depends on the epoch's generator, on how many epochs this loader began, and on the batch.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is not positive.</exception>
    /// <exception cref="ArgumentException">The data set has more than 2³¹ − 1 examples.</exception>
    public DataLoader(
        Dataset dataset,
        int batchSize = 1,
        bool shuffle = false,
        bool dropLast = false,
        RandomGenerator? generator = null,
        Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        LayerArguments.RequirePositive(nameof(DataLoader), nameof(batchSize), batchSize);
        if (dataset.Count > int.MaxValue)
            throw new ArgumentException($"DataLoader: {dataset.Count} examples. Split the data set into parts of at most "
                + $"{int.MaxValue}.", nameof(dataset));
        _dataset = dataset;
        _batchSize = batchSize;
        _shuffle = shuffle;
        _dropLast = dropLast;
        _generator = generator;
        _device = device ?? Device.Cpu;
    }

    /// <summary>Gets the number of batches in an epoch.</summary>
    public int Count => (int)((_dataset.Count + (_dropLast ? 0 : _batchSize - 1)) / _batchSize);

    /// <summary>Starts an epoch.</summary>
    public IEnumerator<Batch> GetEnumerator()
    {
        RandomGenerator generator = _generator ?? RandomGenerator.Current;
        int count = (int)_dataset.Count;
        long[] order = _shuffle ? generator.Permutation(count) : [.. Enumerable.Range(0, count).Select(i => (long)i)];
        ReadOnlyMemory<long>[] batches = [.. Enumerable.Range(0, Count).Select(batch => IndicesOf(order, batch))];
        return ReferenceEquals(_device, Device.Cpu)
            ? batches.Select(indices => _dataset.GetBatch(indices.Span)).GetEnumerator()
            : Prefetch(batches, generator.Derive((ulong)Interlocked.Increment(ref _epochs))).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ReadOnlyMemory<long> IndicesOf(long[] order, int batch) =>
        order.AsMemory(batch * _batchSize, Math.Min(_batchSize, order.Length - batch * _batchSize));

    /// <summary>Makes each batch in the background while the one before is used.</summary>
    private IEnumerable<Batch> Prefetch(ReadOnlyMemory<long>[] batches, RandomGenerator generator)
    {
        Task<Batch>? next = batches.Length > 0 ? Prepare(batches[0], generator.Split()) : null;
        try
        {
            for (int i = 1; next is not null; i++)
            {
                Batch batch = next.GetAwaiter().GetResult();
                next = i < batches.Length ? Prepare(batches[i], generator.Split()) : null;
                yield return batch;
            }
        }
        finally
        {
            // Whoever stops early may change the data from now on. What is prepared is dropped, and so is an error on the way.
            next?.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        }
    }

    /// <summary>Starts to make a batch. Scopes and modes of the caller do not reach it: they may end before.</summary>
    private Task<Batch> Prepare(ReadOnlyMemory<long> indices, RandomGenerator generator)
    {
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        // From the queue of all threads: one that waits for the batch would run it itself if it were in its own.
        return Task.Factory.StartNew(() => Make(indices, generator), CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
    }

    private Batch Make(ReadOnlyMemory<long> indices, RandomGenerator generator)
    {
        using IDisposable use = RandomGenerator.Use(generator);
        return _dataset.GetBatch(indices.Span).To(_device);
    }
}
