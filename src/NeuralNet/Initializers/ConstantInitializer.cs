namespace NeuralNet;

internal sealed class ConstantInitializer(double value) : Initializer
{
    public override Tensor Create(Shape shape, DType dtype = DType.Float32, RandomGenerator? generator = null) =>
        Tensor.Full(shape, value, dtype);
}
