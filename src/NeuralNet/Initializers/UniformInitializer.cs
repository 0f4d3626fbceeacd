namespace NeuralNet;

internal sealed class UniformInitializer(double low, double high) : Initializer
{
    public override Tensor Create(Shape shape, DType dtype = DType.Float32, RandomGenerator? generator = null) =>
        Tensor.Uniform(shape, low, high, dtype, generator: generator);
}
