namespace NeuralNet;

/// <summary>Examples that can be asked for by number, several at a time.</summary>
public abstract class Dataset
{
    /// <summary>Gets the number of examples.</summary>
    public abstract long Count { get; }

    /// <summary>Gets some examples, stacked.</summary>
    /// <param name="indices">Their numbers.</param>
    /// <returns>One tensor for each part of an example (such as input and target), whose first axis counts the examples.</returns>
    public abstract Batch GetBatch(ReadOnlySpan<long> indices);
}
