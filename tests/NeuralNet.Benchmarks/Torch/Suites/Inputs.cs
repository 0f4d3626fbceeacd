namespace NeuralNet.Benchmarks.Torch;

/// <summary>Our operands of the single operations.</summary>
internal static class Inputs
{
    public static Tensor Uniform(Device device, long[] sizes, float low, float high, int number = 0)
    {
        Shape shape = new(sizes.AsSpan());
        return Tensor.From(Values.Uniform(shape.Length, low, high, seed: sizes.Length + (int)shape.Length + number), shape, device);
    }
}
