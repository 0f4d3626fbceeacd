namespace NeuralNet;

internal sealed class NormalInitializer(double mean, double standardDeviation) : Initializer
{
    public override Tensor Create(Shape shape, DType dtype = DType.Float32, RandomGenerator? generator = null) =>
        Tensor.Normal(shape, mean, standardDeviation, dtype, generator: generator);
}
