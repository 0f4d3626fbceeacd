using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>
/// Holds the tensor of a parameter or of state: one that stands from the beginning, or one whose sizes only the first input of its layer tells.
/// </summary>
internal sealed class TensorCell
{
    private readonly string _layer = "";
    private Tensor? _value;
    private Device? _device;

    /// <summary>Holds a tensor.</summary>
    public TensorCell(Tensor value) => _value = value;

    /// <summary>Waits for a tensor.</summary>
    /// <param name="layer">The type of the layer, for the error of those who ask too early.</param>
    public TensorCell(string layer) => _layer = layer;

    public bool IsFilled => Volatile.Read(ref _value) is not null;

    /// <summary>The tensor.</summary>
    /// <exception cref="InvalidOperationException">The layer has had no input yet.</exception>
    public Tensor Value
    {
        get => _value ?? throw new InvalidOperationException($"{_layer}: the sizes of its parameters are those of its first input, which it has not had yet. "
            + "Call OutputShape(input shape) of the model, or run it once, before its parameters are used.");
        set => Volatile.Write(ref _value, value);
    }

    /// <summary>Fills the cell on the device that was asked for meanwhile, or on that of the input.</summary>
    /// <exception cref="InvalidOperationException">A step is being captured, whose repetitions would make the parameters anew.</exception>
    public void Fill(Tensor value, Device input)
    {
        if (StepRecording.Current is not null)
            throw new InvalidOperationException($"{_layer}: the sizes of its parameters are those of its first input, which must not come in a step that is "
                + "captured. Run the model once before.");
        using Autograd.Mode noGrad = Autograd.NoGrad();
        Device device = _device ?? (input.IsMeta ? value.Device : input);
        Value = value.To(device).MakePersistent();
    }

    /// <summary>Notes the device of a tensor that is still to come; tells whether there is none yet.</summary>
    public bool Expect(Device device)
    {
        if (IsFilled)
            return false;
        _device = device;
        return true;
    }
}
