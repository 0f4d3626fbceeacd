using System.Collections;

namespace NeuralNet;

/// <summary>Goes through a data set in batches; each enumeration is one epoch.</summary>
/// <example>
/// <code>
/// foreach ((Tensor x, Tensor y) in new DataLoader(data, batchSize: 64, shuffle: true))
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

    /// <summary>Creates the loader.</summary>
    /// <param name="dataset">The examples.</param>
    /// <param name="batchSize">How many examples a batch has.</param>
    /// <param name="shuffle">Whether each epoch has an order of its own.</param>
    /// <param name="dropLast">Whether a last batch that is not full is left out.</param>
    /// <param name="generator">The source of the orders; <see cref="RandomGenerator.Current"/> at the start of each epoch if left
    /// out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is not positive.</exception>
    /// <exception cref="ArgumentException">The data set has more than 2³¹ − 1 examples.</exception>
    public DataLoader(Dataset dataset, int batchSize = 1, bool shuffle = false, bool dropLast = false, RandomGenerator? generator = null)
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
    }

    /// <summary>Gets the number of batches in an epoch.</summary>
    public int Count => (int)((_dataset.Count + (_dropLast ? 0 : _batchSize - 1)) / _batchSize);

    /// <summary>Starts an epoch.</summary>
    public IEnumerator<Batch> GetEnumerator()
    {
        int count = (int)_dataset.Count;
        long[] order = _shuffle ? (_generator ?? RandomGenerator.Current).Permutation(count) : [.. Enumerable.Range(0, count).Select(i => (long)i)];
        for (int batch = 0; batch < Count; batch++)
        {
            int start = batch * _batchSize;
            yield return _dataset.GetBatch(order.AsSpan(start, Math.Min(_batchSize, count - start)));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
