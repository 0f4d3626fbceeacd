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
}
