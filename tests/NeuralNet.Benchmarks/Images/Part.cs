namespace NeuralNet.Benchmarks;

/// <summary>A part of a network of images, as both libraries build it: names and order of its parameters are the same on both sides.</summary>
internal abstract record Part
{
    /// <summary>Makes ours.</summary>
    public abstract Layer Create(RandomGenerator generator);

    /// <summary>A convolution, and behind it a batch normalisation and a ReLU where they are wanted.</summary>
    public static Part[] Block(long inputs, long outputs, long kernel, long stride = 1, long groups = 1, bool hasRelu = true)
    {
        Convolution convolution = new(inputs, outputs, kernel) { Stride = stride, Padding = kernel / 2, Groups = groups, HasBias = false };
        return hasRelu ? [convolution, new Normalization(outputs), new Rectifier()] : [convolution, new Normalization(outputs)];
    }

    internal sealed record Convolution(long Inputs, long Outputs, long Kernel) : Part
    {
        public long Stride { get; init; } = 1;

        public long Padding { get; init; }

        public long Groups { get; init; } = 1;

        public bool HasBias { get; init; } = true;

        public override Layer Create(RandomGenerator generator) =>
            new Conv2D(Inputs, Outputs, Kernel, Stride, Padding, groups: Groups, bias: HasBias, generator: generator);
    }

    internal sealed record Normalization(long Channels) : Part
    {
        public override Layer Create(RandomGenerator generator) => new BatchNorm2D(Channels, eps: 1e-5, momentum: 0.1, affine: true, trackRunningStats: true);
    }

    internal sealed record Rectifier : Part
    {
        public override Layer Create(RandomGenerator generator) => new ReLU();
    }

    internal sealed record LargestOf(long Kernel) : Part
    {
        public override Layer Create(RandomGenerator generator) => new MaxPool2D(Kernel, Kernel, padding: 0, dilation: 1, ceilMode: false);
    }

    /// <summary>The mean of each channel, [N, C].</summary>
    internal sealed record GlobalMean : Part
    {
        public override Layer Create(RandomGenerator generator) => new Sequential(new AdaptiveAvgPool2D(1), new Flatten());
    }

    internal sealed record Rows : Part
    {
        public override Layer Create(RandomGenerator generator) => new Flatten();
    }

    internal sealed record Linear(long Inputs, long Outputs) : Part
    {
        public override Layer Create(RandomGenerator generator) => new Dense(Inputs, Outputs, bias: true, generator: generator);
    }

    internal sealed record Chain(params Part[] Parts) : Part
    {
        public override Layer Create(RandomGenerator generator) => new Sequential([.. Parts.Select(part => part.Create(generator))]);
    }

    /// <summary>relu(block(x) + shortcut(x)).</summary>
    internal sealed record Skip(Part Around, Part? Shortcut) : Part
    {
        public override Layer Create(RandomGenerator generator) => new Residual(Around.Create(generator), Shortcut?.Create(generator), new ReLU());
    }
}
