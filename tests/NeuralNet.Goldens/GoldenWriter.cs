namespace NeuralNet.Goldens;

/// <summary>Collects tensors by name, draws inputs, and writes all of them into one file.</summary>
internal sealed class GoldenWriter
{
    private readonly RandomGenerator _generator = new(2015);
    private readonly Dictionary<string, Tensor> _tensors = [];

    /// <summary>Normal numbers that are exact in Float32, as Float64: so both precisions start from the same numbers.</summary>
    public Tensor Draw(Shape shape, double standardDeviation = 1) =>
        Tensor.Normal(shape, 0, standardDeviation, generator: _generator).Cast(DType.Float64);

    /// <summary>Numbers in [low, high) that are exact in Float32, as Float64.</summary>
    public Tensor DrawBetween(double low, double high, Shape shape) => Tensor.Uniform(shape, low, high, generator: _generator).Cast(DType.Float64);

    public Tensor DrawClasses(long classes, Shape shape) => Tensor.RandInt(0, classes, shape, generator: _generator);

    /// <summary>Keeps a tensor for the file, and gives it back.</summary>
    public Tensor Add(string name, Tensor tensor)
    {
        _tensors.Add(name, tensor);
        return tensor;
    }

    public void Add(string name, TorchSharp.torch.Tensor tensor) => Add(name, TorchTensors.ToOurs(tensor));

    public void Save(string path) => SafeTensors.Save(path, _tensors);
}
