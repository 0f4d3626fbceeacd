namespace NeuralNet.Testing;

/// <summary>A file of numbers that libtorch computed, which tests/NeuralNet.Goldens wrote.</summary>
public sealed class GoldenFile
{
    private readonly string _name;
    private readonly IReadOnlyDictionary<string, Tensor> _tensors;

    private GoldenFile(string name)
    {
        _name = name;
        _tensors = SafeTensors.Load(PathOf(name));
    }

    /// <summary>Gets the names of the cases: what stands before the slash in the names of tensors.</summary>
    public IEnumerable<string> Cases => _tensors.Keys.Select(name => name[..name.IndexOf('/')]).Distinct().Order(StringComparer.Ordinal);

    public static GoldenFile Open(string name) => new(name);

    public static string PathOf(string name) => Repository.PathOf("tests", "NeuralNet.Testing", "Goldens", $"{name}.safetensors");

    /// <summary>Gets a tensor of the caller's own, those of floating point in a dtype.</summary>
    public Tensor Get(string name, DType dtype) =>
        Find(name, dtype) ?? throw new KeyNotFoundException($"{_name}: no golden tensor '{name}'. Run tests/NeuralNet.Goldens.");

    /// <summary>Gets a tensor of the caller's own, those of floating point in a dtype, or null where there is none.</summary>
    public Tensor? Find(string name, DType dtype) =>
        !_tensors.TryGetValue(name, out Tensor? tensor) ? null : (tensor.DType == DType.Float64 ? tensor.Cast(dtype) : tensor).Clone();

    /// <summary>Describes how a tensor differs from a golden one; null where it does not.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="actual">The tensor to compare.</param>
    /// <param name="accuracy">The dtype to whose accuracy they agree; the tensor's if left out.</param>
    public string? Difference(string name, Tensor actual, DType? accuracy = null)
    {
        Tensor expected = Get(name, DType.Float64);
        if (actual.Shape != expected.Shape)
            return $"{name}: shape {actual.Shape} instead of {expected.Shape}";
        string? difference = Comparison.Difference(
            HostValues.ToDoubles(expected), HostValues.ToDoubles(actual), Tolerances.Golden(accuracy ?? actual.DType));
        return difference is null ? null : $"{name}: {difference}";
    }
}
