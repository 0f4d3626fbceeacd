namespace NeuralNet;

/// <summary>Some examples of a data set, stacked along the first axis.</summary>
public sealed class Batch
{
    private readonly IReadOnlyList<Tensor> _parts;

    /// <summary>Creates the batch.</summary>
    /// <param name="parts">One tensor for each part of an example.</param>
    /// <exception cref="ArgumentException">There are no parts.</exception>
    /// <exception cref="ArgumentNullException">A part is null.</exception>
    public Batch(params IReadOnlyList<Tensor> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
            throw new ArgumentException("Batch: no parts. Give one tensor at least.", nameof(parts));
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i] is null)
                throw new ArgumentNullException(nameof(parts), $"Batch: part {i} of {parts.Count} is null. Leave it out.");
        }
        _parts = parts;
    }

    /// <summary>Gets the number of examples.</summary>
    public long Count => _parts[0].Shape[0];

    /// <summary>Gets the first part: what a model is given.</summary>
    public Tensor Inputs => _parts[0];

    /// <summary>Gets the second part: what it should give.</summary>
    /// <exception cref="InvalidOperationException">There is one part alone.</exception>
    public Tensor Targets => _parts.Count > 1
        ? _parts[1]
        : throw new InvalidOperationException("Batch: 1 part, no targets. Give TensorDataset a second tensor, or use Inputs.");

    /// <summary>Gets a part.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public Tensor this[int part] => (uint)part < (uint)_parts.Count
        ? _parts[part]
        : throw new ArgumentOutOfRangeException(nameof(part), part, $"Batch: part {part} of {_parts.Count}. Stay within [0, "
            + $"{_parts.Count}).");

    /// <summary>Brings all parts to a device.</summary>
    /// <returns>The batch there; its parts are these where they are there already.</returns>
    public Batch To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new([.. _parts.Select(part => part.To(device))]);
    }

    /// <summary>Takes a batch apart: <c>foreach ((Tensor x, Tensor y) in loader)</c>.</summary>
    /// <exception cref="InvalidOperationException">There is one part alone.</exception>
    public void Deconstruct(out Tensor inputs, out Tensor targets) => (inputs, targets) = (Inputs, Targets);
}
