using System.Diagnostics.CodeAnalysis;
using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>What an optimizer remembers of one parameter between steps.</summary>
public sealed class OptimizerState
{
    /// <summary>More than any optimizer asks for; a user may build names anew for each call.</summary>
    private const int MostRecent = 4;

    private readonly Dictionary<string, Tensor> _tensors = [];

    /// <summary>The same tensors by the objects that their names are, which costs less than to read a name.</summary>
    private (string Name, Tensor Tensor)[] _recent = [];

    /// <summary>Gets how many steps this parameter has made, the current one included.</summary>
    public long Step { get; internal set; }

    /// <summary>Gets the tensors by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    /// <summary>Gets a tensor of state, of the parameter's shape, which is zeros at first. Change it in place.</summary>
    /// <param name="name">Its name, such as <c>exp_avg</c>.</param>
    /// <param name="parameter">The parameter that it belongs to.</param>
    /// <exception cref="ShapeException">The tensor was made for a parameter of another shape.</exception>
    /// <exception cref="DTypeException">The tensor was made for a parameter of another dtype.</exception>
    public Tensor Get(string name, Tensor parameter)
    {
        if (!TryFind(name, out Tensor? tensor) || !ReferenceEquals(tensor.Device, parameter.Device))
        {
            tensor = Make(tensor, parameter);
            _tensors[name] = tensor;
            _recent = [];
        }
        if (tensor.Shape != parameter.Shape)
            throw new ShapeException($"OptimizerState: '{name}' has the shape {tensor.Shape}, and the parameter {parameter.Shape}. Give each "
                + "parameter a state of its own.");
        if (tensor.DType != parameter.DType)
            throw new DTypeException($"OptimizerState: '{name}' is of {tensor.DType}, and the parameter of {parameter.DType}. Make the "
                + "optimizer after the parameters have their dtype.");
        return tensor;
    }

    private bool TryFind(string name, [NotNullWhen(true)] out Tensor? tensor)
    {
        foreach ((string recentName, Tensor recentTensor) in _recent)
        {
            if (ReferenceEquals(recentName, name))
            {
                tensor = recentTensor;
                return true;
            }
        }
        if (!_tensors.TryGetValue(name, out tensor))
            return false;
        if (_recent.Length < MostRecent)
            _recent = [.. _recent, (name, tensor)];
        return true;
    }

    /// <summary>Zeros, or what was remembered on another device; made once, also in a step that is recorded.</summary>
    private static Tensor Make(Tensor? old, Tensor parameter) =>
        StepRecording.Unrecorded(() => (old?.To(parameter.Device) ?? Tensor.ZerosInOrderOf(parameter)).MakePersistent());
}
