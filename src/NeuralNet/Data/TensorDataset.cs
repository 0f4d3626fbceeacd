namespace NeuralNet;

/// <summary>Examples that lie in tensors, along their first axis.</summary>
/// <example><code>var data = new TensorDataset(images, labels);</code></example>
public sealed class TensorDataset : Dataset
{
    private readonly Tensor[] _tensors;

    /// <summary>Creates the data set.</summary>
    /// <param name="tensors">One tensor for each part of an example; all of one size on the first axis.</param>
    /// <exception cref="ShapeException">The sizes differ, a tensor is a scalar, or there is none.</exception>
    public TensorDataset(params ReadOnlySpan<Tensor> tensors)
    {
        if (tensors.IsEmpty)
            throw new ShapeException("TensorDataset: no tensors. Give one at least.");
        for (int i = 0; i < tensors.Length; i++)
        {
            if (tensors[i] is null)
                throw new ArgumentNullException(nameof(tensors), $"TensorDataset: tensor {i} of {tensors.Length} is null. Leave it out.");
            if (tensors[i].Rank == 0)
                throw new ShapeException($"TensorDataset: tensor {i} is a scalar. Give it a first axis, which counts the examples.");
            if (tensors[i].Shape[0] != tensors[0].Shape[0])
                throw new ShapeException($"TensorDataset: tensor 0 of {tensors[0].Shape} and tensor {i} of {tensors[i].Shape} differ "
                    + "in the number of examples, the size of the first axis.");
        }
        _tensors = tensors.ToArray();
        foreach (Tensor tensor in _tensors)
            tensor.MakePersistent();
    }

    /// <inheritdoc/>
    public override long Count => _tensors[0].Shape[0];

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public override Batch GetBatch(ReadOnlySpan<long> indices)
    {
        foreach (long index in indices)
        {
            if (index < 0 || index >= Count)
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"TensorDataset: example {index} of {Count}. Stay "
                    + $"within [0, {Count}).");
        }
        Tensor[] parts = new Tensor[_tensors.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            Tensor index = Tensor.From(indices, [indices.Length], _tensors[i].Device);
            parts[i] = _tensors[i].IndexSelect(0, index);
            index.End();
        }
        return new(parts);
    }
}
