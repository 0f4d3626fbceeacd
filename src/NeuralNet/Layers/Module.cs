using System.Diagnostics.CodeAnalysis;

namespace NeuralNet;

/// <summary>
/// Something with parameters: a layer, a model. Write an ordinary class with fields: parameters, state tensors and modules among them, also
/// in arrays, lists, dictionaries and tuples, are found by themselves.
/// </summary>
/// <remarks>
/// Names in the state are those of the fields, without <c>_</c>, in snake_case: <c>_runningMean</c> is <c>running_mean</c>, that of a part
/// is
/// <c>encoder.0.weight</c>. <see cref="StateNameAttribute"/> gives another. A parameter that is found twice counts once, under its first
/// name.
/// </remarks>
/// <example>
/// <code>
/// sealed class Perceptron(long inputs) : Layer
/// {
///     private readonly Dense _dense = new(inputs, 1);
///
///     protected override Tensor Compute(Tensor x) =&gt; _dense.Forward(x).Sigmoid();
/// }
/// </code>
/// </example>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.AllFields)]
public abstract partial class Module
{
    /// <summary>Gets whether the module is being trained, which <see cref="Dropout"/> and its kind ask; true at first.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>Gets the parameters of this module and its parts.</summary>
    public IEnumerable<Parameter> Parameters() => NamedParameters().Select(named => named.Parameter);

    /// <summary>Gets the parameters of this module and its parts, with their names.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> NamedParameters()
    {
        foreach ((string name, object value) in NamedValues())
        {
            if (value is Parameter parameter)
                yield return (name, parameter);
        }
    }

    /// <summary>Gets this module and its parts, with their names; its own is empty.</summary>
    public IEnumerable<(string Name, Module Module)> NamedModules()
    {
        yield return ("", this);
        foreach ((string name, object value) in NamedMembers())
        {
            if (value is Module module)
                yield return (name, module);
        }
    }

    /// <summary>Sets the mode of this module and its parts.</summary>
    public void Train(bool mode = true)
    {
        foreach ((_, Module module) in NamedModules())
            module.IsTraining = mode;
    }

    /// <summary>Sets evaluation mode: nothing in the module is changed by using it, so that many threads may share it.</summary>
    public void Eval() => Train(false);

    /// <summary>Brings all parameters and state to a device.</summary>
    public void To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        foreach ((_, object value) in NamedMembers())
        {
            if (value is Parameter parameter)
                parameter.MoveTo(device);
            else if (value is StateTensor state)
                state.MoveTo(device);
        }
    }

    /// <summary>Sets the gradients of all parameters to null.</summary>
    public void ZeroGrad()
    {
        foreach (Parameter parameter in Parameters())
            parameter.Grad = null;
    }

    /// <summary>Gets all parameters and state tensors by name: views of the module's own data.</summary>
    public IReadOnlyDictionary<string, Tensor> StateDict()
    {
        Dictionary<string, Tensor> state = [];
        foreach ((string name, Tensor tensor) in NamedState())
            state.Add(name, tensor.Detach());
        return state;
    }

    /// <summary>Copies values into the parameters and state tensors. Either all are copied or, if one does not fit, none.</summary>
    /// <param name="state">The values by name.</param>
    /// <param name="strict">Whether names that are missing or unknown are an error.</param>
    /// <exception cref="ArgumentException">Names are missing or unknown.</exception>
    /// <exception cref="ShapeException">A value has another shape.</exception>
    /// <exception cref="DTypeException">A value has another dtype.</exception>
    /// <exception cref="DeviceException">A value has no data.</exception>
    /// <exception cref="ObjectDisposedException">A value was ended by its scope.</exception>
    public void LoadStateDict(IReadOnlyDictionary<string, Tensor> state, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(state);
        List<(string Name, Tensor Tensor)> own = [.. NamedState()];
        if (strict)
            RequireSameNames(own, state);
        using Autograd.Mode noGrad = Autograd.NoGrad();
        List<(Tensor Tensor, Tensor Value)> copies = [];
        foreach ((string name, Tensor tensor) in own)
        {
            if (!state.TryGetValue(name, out Tensor? value))
                continue;
            if (value.Shape != tensor.Shape)
                throw new ShapeException($"{name}: a value of {value.Shape} for a tensor of {tensor.Shape}. Build the model with the "
                    + "sizes that it was saved with.");
            if (value.DType != tensor.DType)
                throw new DTypeException($"{name}: a value of {value.DType} for a tensor of {tensor.DType}. Use "
                    + $"Cast(DType.{tensor.DType}).");
            value.Unchanged();
            // Views of the module's own data, as when parts are swapped, are read after others of them were written.
            bool isOwn = own.Any(named => ReferenceEquals(named.Tensor.Storage, value.Storage));
            copies.Add((tensor, isOwn ? value.Clone() : value.To(tensor.Device)));
        }
        foreach ((Tensor tensor, Tensor value) in copies)
            tensor.CopyFrom(value);
    }

    internal IEnumerable<(string Name, object Value)> NamedMembers()
    {
        HashSet<Module> seen = [this];
        return Walk(this, "", seen);
    }

    private static IEnumerable<(string Name, object Value)> Walk(Module module, string prefix, HashSet<Module> seen)
    {
        foreach ((string name, object value) in ModuleFields.Members(module))
        {
            string path = name.Length == 0 ? prefix : prefix.Length == 0 ? name : $"{prefix}.{name}";
            if (value is not Module part)
            {
                yield return (path, value);
            }
            else if (seen.Add(part))
            {
                yield return (path, part);
                foreach ((string Name, object Value) member in Walk(part, path, seen))
                    yield return member;
            }
        }
    }

    private IEnumerable<(string Name, Tensor Tensor)> NamedState() =>
        from named in NamedValues()
        select (named.Name, named.Value is Parameter parameter ? parameter.Value : ((StateTensor)named.Value).Value);

    /// <summary>The parameters and state tensors, each once, under names of their own.</summary>
    private IEnumerable<(string Name, object Value)> NamedValues()
    {
        HashSet<object> seen = [];
        HashSet<string> names = [];
        foreach ((string name, object value) in NamedMembers())
        {
            if (value is Module || !seen.Add(value))
                continue;
            if (!names.Add(name))
            {
                throw new InvalidOperationException(
                    $"{GetType().Name}: two tensors have one name in the state, '{name}'. Give one of the fields that hold them a "
                        + "[StateName].");
            }
            yield return (name, value);
        }
    }

    private void RequireSameNames(List<(string Name, Tensor Tensor)> own, IReadOnlyDictionary<string, Tensor> state)
    {
        string[] missing = [.. own.Select(named => named.Name).Where(name => !state.ContainsKey(name))];
        string[] unknown = [.. state.Keys.Except(own.Select(named => named.Name))];
        if (missing.Length + unknown.Length > 0)
        {
            throw new ArgumentException(
                $"{GetType().Name}: {missing.Length} names are missing in the state [{Shorten(missing)}], {unknown.Length} are "
                    + $"unknown [{Shorten(unknown)}]. Build the model as it was saved, or pass strict: false.");
        }
    }

    private static string Shorten(string[] names) => names.Length <= 5 ? string.Join(", ", names) : string.Join(", ", names[..5]) + ", …";
}
