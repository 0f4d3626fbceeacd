using System.Diagnostics.CodeAnalysis;

namespace NeuralNet;

/// <summary>
/// A tensor that belongs to the state of a module and is saved with it, but that no optimizer changes, such as a running mean. It belongs
/// to no
/// <see cref="TensorScope"/>.
/// </summary>
public sealed class StateTensor
{
    private readonly TensorCell _cell;

    /// <summary>Creates the tensor of state.</summary>
    public StateTensor(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _cell = new(value.Detach().MakePersistent());
    }

    /// <summary>Creates a tensor of state that waits for the first input of its layer.</summary>
    internal StateTensor(string layer) => _cell = new(layer);

    /// <summary>Gets the value; change it in place, by <see cref="Tensor.CopyFrom"/>.</summary>
    /// <exception cref="InvalidOperationException">The layer's input sizes were left open, and it has had no input yet.</exception>
    public Tensor Value => _cell.Value;

    /// <summary>Stands for the value; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(state))]
    public static implicit operator Tensor?(StateTensor? state) => state?.Value;

    /// <summary>Gives the tensor its value, which the first input of the layer made possible.</summary>
    internal void Initialize(Tensor value, Device input) => _cell.Fill(value, input);

    internal void MoveTo(Device device)
    {
        if (!_cell.Expect(device))
            _cell.Value = Value.To(device).MakePersistent();
    }
}
