using MathNet.Numerics.Distributions;

namespace NeuralNet;

/// <summary>How the initial values of a parameter are made. They are made on the CPU, so that they are the same for every device.</summary>
/// <remarks>
/// For a weight of [out, in, …] the fan-in is in·(the product of the other axes), the fan-out out·(that product). Write a class of your own
/// for others.
/// </remarks>
/// <example><code>var layer = new Dense(64, 64, weightInitializer: Initializer.Orthogonal());</code></example>
public abstract class Initializer
{
    /// <summary>Creates the values, on the CPU.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="generator">The source of randomness; <see cref="RandomGenerator.Current"/> if left out.</param>
    public abstract Tensor Create(Shape shape, DType dtype = DType.Float32, RandomGenerator? generator = null);

    /// <summary>Zeros everywhere.</summary>
    public static Initializer Zeros() => Constant(0);

    /// <summary>Ones everywhere.</summary>
    public static Initializer Ones() => Constant(1);

    /// <summary>One value everywhere.</summary>
    public static Initializer Constant(double value) => new ConstantInitializer(value);

    /// <summary>Uniform on [low, high).</summary>
    public static Initializer Uniform(double low = 0, double high = 1) => new UniformInitializer(low, high);

    /// <summary>Normal with a mean and a standard deviation.</summary>
    public static Initializer Normal(double mean = 0, double standardDeviation = 1) => new NormalInitializer(mean, standardDeviation);

    /// <summary>Normal, restricted to [low, high] (given as values, not as multiples of the deviation).</summary>
    public static Initializer TruncatedNormal(double mean = 0, double standardDeviation = 1, double low = -2, double high = 2) =>
        new TruncatedNormalInitializer(mean, standardDeviation, low, high);

    /// <summary>Uniform on ±gain·√(6/(fan-in + fan-out)).</summary>
    /// <remarks>Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.</remarks>
    public static Initializer XavierUniform(double gain = 1) => new VarianceScalingInitializer(Fan.Average, gain, isUniform: true);

    /// <summary>Normal of deviation gain·√(2/(fan-in + fan-out)).</summary>
    /// <inheritdoc cref="XavierUniform"/>
    public static Initializer XavierNormal(double gain = 1) => new VarianceScalingInitializer(Fan.Average, gain, isUniform: false);

    /// <summary>Uniform on ±gain·√(3/fan) with gain = √(2/(1 + a²)), for layers with ReLU behind them.</summary>
    /// <param name="a">The negative slope of the leaky ReLU that follows; 0 for ReLU.</param>
    /// <param name="fan">Which fan keeps its variance: the fan-in that of the activations, the fan-out that of the gradients.</param>
    /// <remarks>He et al., "Delving deep into rectifiers", 2015.</remarks>
    public static Initializer KaimingUniform(double a = 0, Fan fan = Fan.In) =>
        new VarianceScalingInitializer(fan, Math.Sqrt(2 / (1 + a * a)), isUniform: true);

    /// <summary>Normal of deviation gain/√fan with gain = √(2/(1 + a²)), for layers with ReLU behind them.</summary>
    /// <inheritdoc cref="KaimingUniform"/>
    public static Initializer KaimingNormal(double a = 0, Fan fan = Fan.In) =>
        new VarianceScalingInitializer(fan, Math.Sqrt(2 / (1 + a * a)), isUniform: false);

    /// <summary>A matrix with orthonormal rows or columns, whichever are fewer, times a gain. Axes after the first count as one.</summary>
    /// <remarks>Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", 2013.</remarks>
    public static Initializer Orthogonal(double gain = 1) => new OrthogonalInitializer(gain);

    /// <summary>Any distribution of MathNet; it draws from the library's generator, so that seeds hold.</summary>
    /// <example><code>Initializer.Distribution(new Laplace(0, 0.1))</code></example>
    public static Initializer Distribution(IContinuousDistribution distribution) => new DistributionInitializer(distribution);
}
