namespace NeuralNet.Datasets;

/// <summary>Examples that lie in mapped files, along their first axis: a data set that is larger than memory.</summary>
/// <example><code>var data = new MappedDataset(NpyFile.OpenMapped("x.npy"), NpyFile.OpenMapped("y.npy"));</code></example>
public sealed class MappedDataset : Dataset
{
    private readonly MappedArray[] _arrays;

    /// <summary>Creates the data set.</summary>
    /// <param name="arrays">One array for each part of an example; all with as many rows. Disposing of them remains the caller's.</param>
    /// <exception cref="ShapeException">The numbers of rows differ, an array has no axes, or there is none.</exception>
    public MappedDataset(params ReadOnlySpan<MappedArray> arrays)
    {
        if (arrays.IsEmpty)
            throw new ShapeException("MappedDataset: no arrays. Give one at least.");
        for (int i = 1; i < arrays.Length; i++)
        {
            if (arrays[i].RowCount != arrays[0].RowCount)
                throw new ShapeException($"MappedDataset: array 0 of {arrays[0].Shape} and array {i} of {arrays[i].Shape} differ in the "
                    + "number of examples, the size of the first axis.");
        }
        _arrays = arrays.ToArray();
        Count = _arrays[0].RowCount;
    }

    /// <inheritdoc/>
    public override long Count { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public override Batch GetBatch(ReadOnlySpan<long> indices)
    {
        Tensor[] parts = new Tensor[_arrays.Length];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = _arrays[i].Rows(indices);
        return new(parts);
    }
}
