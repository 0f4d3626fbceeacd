using System.Diagnostics.CodeAnalysis;

namespace NeuralNet;

/// <summary>A tensor of a module that training changes. It belongs to no <see cref="TensorScope"/>.</summary>
/// <remarks>A parameter stands for its value wherever a tensor is expected, and in arithmetic: <c>x * _weight</c>, <c>1 - _gate</c>. For
/// methods use
/// <see cref="Value"/>: <c>_weight.Value.Sum()</c>.</remarks>
public sealed partial class Parameter
{
    private readonly TensorCell _cell;

    /// <summary>Creates a parameter that requires a gradient.</summary>
    /// <param name="value">The initial value, of Float32 or Float64, which becomes the parameter's own.</param>
    /// <exception cref="InvalidOperationException">The value is the result of a recorded operation, or several of its elements share
    /// memory.</exception>
    /// <exception cref="DTypeException">The value is not of floating point.</exception>
    public Parameter(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!value.IsLeaf)
            throw new InvalidOperationException($"Parameter: the value of {value.Shape} is the result of {value.Node!.Name}, and "
                + "gradients would flow past the parameter. Use Detach().");
        if (value.HasSharedElements)
            throw new InvalidOperationException($"Parameter: several elements of this expanded tensor of {value.Shape} are one in "
                + "memory, and would be trained several times. Use Clone().");
        value.RequiresGrad = true;
        _cell = new(value.MakePersistent());
    }

    /// <summary>Creates a parameter that waits for the first input of its layer.</summary>
    internal Parameter(string layer) => _cell = new(layer);

    /// <summary>Gets whether there is a value; a layer whose input sizes were left open has none before its first input.</summary>
    public bool IsInitialized => _cell.IsFilled;

    /// <summary>Gets the value.</summary>
    /// <exception cref="InvalidOperationException">The layer's input sizes were left open, and it has had no input yet.</exception>
    public Tensor Value
    {
        get => _cell.Value;
        private set => _cell.Value = value;
    }

    /// <summary>Gets or sets the gradient; see <see cref="Tensor.Grad"/>.</summary>
    public Tensor? Grad
    {
        get => Value.Grad;
        set => Value.Grad = value;
    }

    /// <summary>Gets or sets whether training changes the parameter; false freezes it.</summary>
    public bool RequiresGrad
    {
        get => Value.RequiresGrad;
        set => Value.RequiresGrad = value;
    }

    /// <summary>Gets the sizes of the axes.</summary>
    public Shape Shape => Value.Shape;

    /// <summary>Gets the dtype.</summary>
    public DType DType => Value.DType;

    /// <summary>Gets the number of elements.</summary>
    public long Length => Value.Length;

    /// <summary>Stands for the value; null stays null, as for an optional bias.</summary>
    [return: NotNullIfNotNull(nameof(parameter))]
    public static implicit operator Tensor?(Parameter? parameter) => parameter?.Value;

    /// <inheritdoc/>
    public override string ToString() => IsInitialized ? $"Parameter({DType} {Shape})" : "Parameter(of open size)";

    /// <summary>Gives the parameter its value, which the first input of the layer made possible.</summary>
    internal void Initialize(Tensor value, Device input)
    {
        _cell.Fill(value.Detach(), input);
        Value.RequiresGrad = true;
    }

    /// <summary>Brings the value, and a gradient, to a device.</summary>
    internal void MoveTo(Device device)
    {
        if (_cell.Expect(device) || ReferenceEquals(Value.Device, device))
            return;
        Tensor? gradient = Value.Grad;
        bool requiresGrad = RequiresGrad;
        using (Autograd.NoGrad())
        {
            Value = Value.To(device).MakePersistent();
            Value.RequiresGrad = requiresGrad;
            if (gradient is not null)
                Value.Grad = gradient.To(device);
        }
    }
}
