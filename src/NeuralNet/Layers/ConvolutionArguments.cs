namespace NeuralNet;

/// <summary>What the constructors of convolutional layers hand on.</summary>
internal readonly struct ConvolutionArguments
{
    public required long InChannels { get; init; }

    public required long OutChannels { get; init; }

    public required AxisSizes KernelSize { get; init; }

    public AxisSizes Stride { get; init; }

    public ConvolutionPadding Padding { get; init; }

    public AxisSizes Dilation { get; init; }

    public long Groups { get; init; }

    public bool HasBias { get; init; }

    public PaddingMode PaddingMode { get; init; }

    public Layer? Activation { get; init; }

    public Initializer? WeightInitializer { get; init; }

    public Initializer? BiasInitializer { get; init; }

    public DType DType { get; init; }

    public RandomGenerator? Generator { get; init; }

    /// <summary>Draws the parameters: both from U(−1/√n, 1/√n) for n weights that share an output, unless initialisers are given.</summary>
    public (Parameter Weight, Parameter? Bias) CreateParameters(Shape shape, long channels)
    {
        Initializer initializer = WeightInitializer ?? Initializer.KaimingUniform(a: Math.Sqrt(5));
        Parameter weight = new(initializer.Create(shape, DType, Generator));
        if (!HasBias)
            return (weight, null);
        double bound = 1 / Math.Sqrt(shape.Length / shape[0]);
        return (weight, new((BiasInitializer ?? Initializer.Uniform(-bound, bound)).Create([channels], DType, Generator)));
    }
}
