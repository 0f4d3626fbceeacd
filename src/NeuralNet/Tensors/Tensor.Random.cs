using System.Runtime.CompilerServices;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Draws numbers of Float32 uniformly from [0, 1), on the CPU, from <see cref="RandomGenerator.Current"/>.</summary>
    /// <exception cref="ShapeException">A size is negative.</exception>
    [OverloadResolutionPriority(1)]
    public static Tensor Rand(params ReadOnlySpan<long> shape) => Rand(new Shape(shape), DType.Float32);

    /// <summary>Draws numbers uniformly from [0, 1).</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="device">The device; the CPU if left out.</param>
    /// <param name="generator">The source; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public static Tensor Rand(Shape shape, DType dtype = DType.Float32, Device? device = null, RandomGenerator? generator = null) =>
        Uniform(shape, 0, 1, dtype, device, generator);

    /// <summary>
    /// Draws numbers of Float32 from the normal distribution of mean 0 and standard deviation 1, on the CPU, from
    /// <see cref="RandomGenerator.Current"/>.
    /// </summary>
    /// <exception cref="ShapeException">A size is negative.</exception>
    [OverloadResolutionPriority(1)]
    public static Tensor Randn(params ReadOnlySpan<long> shape) => Randn(new Shape(shape), DType.Float32);

    /// <summary>Draws numbers from the normal distribution of mean 0 and standard deviation 1.</summary>
    /// <inheritdoc cref="Rand(Shape, DType, Device?, RandomGenerator?)"/>
    public static Tensor Randn(Shape shape, DType dtype = DType.Float32, Device? device = null, RandomGenerator? generator = null) =>
        Normal(shape, 0, 1, dtype, device, generator);

    /// <summary>Draws numbers uniformly from [low, high).</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="low">The lower end, included.</param>
    /// <param name="high">The upper end, not included.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="device">The device; the CPU if left out.</param>
    /// <param name="generator">The source; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <exception cref="ArgumentException">The ends or their distance are not finite in the dtype, or the ends are in the wrong
    /// order.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public static Tensor Uniform(
        Shape shape, double low, double high, DType dtype = DType.Float32, Device? device = null, RandomGenerator? generator = null)
    {
        Require.FloatingPoint(nameof(Uniform), dtype);
        // The difference of the ends as the kernel sees them; it is not finite if one of them is not.
        if (!(dtype == DType.Float32 ? float.IsFinite((float)high - (float)low) : double.IsFinite(high - low)) || low > high)
            throw new ArgumentException($"Uniform: the interval [{low}, {high}) in {dtype}. Give ends whose difference is finite, the "
                + "lower one first.");
        Tensor tensor = Empty(shape, dtype, device);
        if (tensor.Device.IsMeta)
            return tensor;
        generator ??= RandomGenerator.Current;
        ulong counter = generator.Reserve(tensor.Length);
        if (dtype == DType.Float32)
            tensor.Device.Backend.Uniform(generator.Seed, counter, (float)low, (float)high, tensor.View<float>());
        else
            tensor.Device.Backend.Uniform(generator.Seed, counter, low, high, tensor.View<double>());
        return tensor;
    }

    /// <summary>Draws numbers from a normal distribution.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="device">The device; the CPU if left out.</param>
    /// <param name="generator">The source; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <exception cref="ArgumentException">The standard deviation is negative, or a parameter is not finite in the dtype.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public static Tensor Normal(
        Shape shape, double mean, double standardDeviation, DType dtype = DType.Float32, Device? device = null, RandomGenerator? generator = null)
    {
        Require.FloatingPoint(nameof(Normal), dtype);
        if (!(standardDeviation >= 0) || !IsFinite(mean, dtype) || !IsFinite(standardDeviation, dtype))
            throw new ArgumentException($"Normal: mean {mean}, standard deviation {standardDeviation} in {dtype}. Give a finite mean, "
                + "and a finite deviation of at least 0.");
        Tensor tensor = Empty(shape, dtype, device);
        if (tensor.Device.IsMeta)
            return tensor;
        generator ??= RandomGenerator.Current;
        ulong counter = generator.Reserve(tensor.Length);
        if (dtype == DType.Float32)
            tensor.Device.Backend.Normal(generator.Seed, counter, (float)mean, (float)standardDeviation, tensor.View<float>());
        else
            tensor.Device.Backend.Normal(generator.Seed, counter, mean, standardDeviation, tensor.View<double>());
        return tensor;
    }

    /// <summary>Draws truth values that are true with a probability.</summary>
    /// <returns>A tensor of Bool.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    public static Tensor Bernoulli(Shape shape, double probability, Device? device = null, RandomGenerator? generator = null)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, $"Bernoulli: the probability {probability}. Give "
                + "one in [0, 1].");
        Tensor tensor = Empty(shape, DType.Bool, device);
        if (tensor.Device.IsMeta)
            return tensor;
        generator ??= RandomGenerator.Current;
        ulong counter = generator.Reserve(tensor.Length);
        tensor.Device.Backend.Bernoulli(generator.Seed, counter, probability, tensor.View<byte>());
        return tensor;
    }

    /// <summary>Draws integers uniformly from [low, high).</summary>
    /// <returns>A tensor of Int64.</returns>
    /// <exception cref="ArgumentException">The interval is empty.</exception>
    public static Tensor RandInt(long low, long high, Shape shape, Device? device = null, RandomGenerator? generator = null)
    {
        if (low >= high)
            throw new ArgumentException($"RandInt: the interval [{low}, {high}) is empty. Give the lower end first; the upper one is "
                + "not included.");
        Tensor tensor = Empty(shape, DType.Int64, device);
        if (tensor.Device.IsMeta)
            return tensor;
        generator ??= RandomGenerator.Current;
        ulong counter = generator.Reserve(tensor.Length);
        tensor.Device.Backend.Integers(generator.Seed, counter, low, high, tensor.View<long>());
        return tensor;
    }

    /// <summary>Draws an order of the numbers from 0 to below <paramref name="count"/>.</summary>
    /// <returns>A tensor of Int64, of [count].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static Tensor Permutation(int count, Device? device = null, RandomGenerator? generator = null) =>
        From((generator ?? RandomGenerator.Current).Permutation(count), device);

    private static bool IsFinite(double value, DType dtype) =>
        dtype == DType.Float32 ? float.IsFinite((float)value) : double.IsFinite(value);
}
