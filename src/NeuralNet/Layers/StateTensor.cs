using System.Diagnostics.CodeAnalysis;

namespace NeuralNet;

/// <summary>
/// A tensor that belongs to the state of a module and is saved with it, but that no optimizer changes, such as a running mean. It belongs
/// to no
/// <see cref="TensorScope"/>.
/// </summary>
public sealed class StateTensor
{
    /// <summary>Creates the tensor of state.</summary>
    public StateTensor(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value.Detach().MakePersistent();
    }

    /// <summary>Gets the value; change it in place, by <see cref="Tensor.CopyFrom"/>.</summary>
    public Tensor Value { get; private set; }

    /// <summary>Stands for the value; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(state))]
    public static implicit operator Tensor?(StateTensor? state) => state?.Value;

    internal void MoveTo(Device device) => Value = Value.To(device).MakePersistent();
}
