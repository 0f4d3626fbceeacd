namespace NeuralNet;

/// <summary>Values of mean 0 and variance gain²/fan, so that the variance of what passes through a layer stays.</summary>
internal sealed class VarianceScalingInitializer(Fan fan, double gain, bool isUniform) : Initializer
{
    public override Tensor Create(Shape shape, DType dtype = DType.Float32, RandomGenerator? generator = null)
    {
        double deviation = gain / Math.Sqrt(Count(shape));
        // A uniform distribution on ±b has the variance b²/3.
        double bound = Math.Sqrt(3) * deviation;
        return isUniform
            ? Tensor.Uniform(shape, -bound, bound, dtype, generator: generator)
            : Tensor.Normal(shape, 0, deviation, dtype, generator: generator);
    }

    private double Count(Shape shape)
    {
        if (shape.Rank < 2 || shape.Length == 0)
            throw new ShapeException($"Initializer: fan-in and fan-out are defined for a weight of [out, in, …]; got {shape}. Use "
                + "Initializer.Uniform or Normal for others.");
        double receptiveField = 1;
        for (int axis = 2; axis < shape.Rank; axis++)
            receptiveField *= shape[axis];
        double fanIn = shape[1] * receptiveField;
        double fanOut = shape[0] * receptiveField;
        return fan switch
        {
            Fan.In => fanIn,
            Fan.Out => fanOut,
            _ => (fanIn + fanOut) / 2,
        };
    }
}
