namespace NeuralNet;

/// <summary>A tensor of a module that training changes. It belongs to no <see cref="TensorScope"/>.</summary>
/// <remarks>A parameter stands for its value wherever a tensor is expected: <c>x * _weight</c>.</remarks>
public sealed class Parameter
{
    /// <summary>Creates a parameter that requires a gradient.</summary>
    /// <param name="value">The initial value, of Float32 or Float64, which becomes the parameter's own.</param>
    /// <exception cref="InvalidOperationException">The value is the result of a recorded operation.</exception>
    /// <exception cref="DTypeException">The value is not of floating point.</exception>
    public Parameter(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!value.IsLeaf)
            throw new InvalidOperationException($"Parameter: the value of {value.Shape} is the result of {value.Node!.Name}, and gradients would flow past the parameter. Use Detach().");
        value.RequiresGrad = true;
        Value = value.MakePersistent();
    }

    /// <summary>Gets the value.</summary>
    public Tensor Value { get; private set; }

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

    /// <summary>Stands for the value.</summary>
    public static implicit operator Tensor(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Value;
    }

    /// <inheritdoc/>
    public override string ToString() => $"Parameter({DType} {Shape})";

    /// <summary>Brings the value, and a gradient, to a device.</summary>
    internal void MoveTo(Device device)
    {
        if (ReferenceEquals(Value.Device, device))
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
