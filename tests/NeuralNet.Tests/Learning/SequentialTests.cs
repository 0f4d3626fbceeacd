using NeuralNet.Testing;

namespace NeuralNet.Tests.Learning;

/// <summary>That a chain gives the bits of its layers run one by one, frees what only it has seen, and nothing else.</summary>
public sealed class SequentialTests
{
    [Theory]
    [InlineData(DType.Float32, "ReLU")]
    [InlineData(DType.Float64, "ReLU")]
    [InlineData(DType.Float32, "Tanh")]
    [InlineData(DType.Float64, "Tanh")]
    [InlineData(DType.Float32, "Sigmoid")]
    [InlineData(DType.Float64, "Sigmoid")]
    public void Forward_OfFusedPair_EqualsTheUnfusedPairInBits(DType dtype, string name)
    {
        Layer activation = Activation(name);
        foreach (InstructionSet instructionSet in Devices.InstructionSets)
        {
            Device device = Devices.Of(instructionSet, 2);
            (float[] Y, float[] Dx, float[] Dw, float[] Db) fused = Run(dense => new Sequential(dense, activation), dtype, device);
            (float[] Y, float[] Dx, float[] Dw, float[] Db) unfused =
                Run(dense => new Sequential(dense, new Through(), activation), dtype, device);
            fused.Y.Should().Equal(unfused.Y);
            fused.Dx.Should().Equal(unfused.Dx);
            fused.Dw.Should().Equal(unfused.Dw);
            fused.Db.Should().Equal(unfused.Db);
        }
    }

    [Theory]
    [InlineData("ReLU")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    public void Forward_OfDenseWithActivation_EqualsThePairInBits(string name)
    {
        Layer activation = Activation(name);
        RandomGenerator generator = new(5);
        Dense plain = new(37, 29, generator: generator);
        Dense activated = new(37, 29, activation: activation);
        activated.LoadStateDict(plain.StateDict());
        Tensor x = Tensor.Randn([19, 37], generator: generator);
        activated.Forward(x).ToArray<float>().Should().Equal(activation.Forward(plain.Forward(x)).ToArray<float>());
    }

    [Theory]
    [InlineData("ReLU")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    public void Forward_OfConvolutionWithActivation_EqualsThePairInBits(string name)
    {
        RandomGenerator generator = new(7);
        Layer activation = Activation(name);
        Conv2D plain = new(3, 5, 3, padding: 1, generator: generator);
        Conv2D activated = new(3, 5, 3, padding: 1, activation: activation);
        activated.LoadStateDict(plain.StateDict());
        Tensor x = Tensor.Randn([2, 3, 7, 9], generator: generator);
        float[] apart = activation.Forward(plain.Forward(x)).ToArray<float>();
        activated.Forward(x).ToArray<float>().Should().Equal(apart);
        new Sequential(plain, activation).Forward(x).ToArray<float>().Should().Equal(apart);
    }

    [Theory]
    [InlineData("ReLU")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    public void Forward_OfFusedPair_PassesNaN(string name)
    {
        Sequential model = new(new Dense(2, 3), Activation(name));
        model.Forward(Tensor.Full([1, 2], float.NaN)).ToArray<float>().Should().OnlyContain(y => float.IsNaN(y));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Forward_WithoutGradients_LeavesOnlyItsResultAlive(int rank)
    {
        Device device = Device.CreateCpu(new CpuOptions { Threads = 1 });
        Sequential model = Deep();
        model.To(device);
        Tensor x = Tensor.Ones(rank == 2 ? [256, 256] : [4, 64, 256], device: device);
        using (Autograd.NoGrad())
        {
            long before = device.MemoryStatistics.LiveBytes;
            Tensor y = model.Forward(x);
            (device.MemoryStatistics.LiveBytes - before).Should().Be(256 * 256 * sizeof(float));
            y.IsDisposed.Should().BeFalse();
        }
        GC.KeepAlive(x);
        GC.KeepAlive(model);
    }

    [Fact]
    public void Backward_ThroughFreedIntermediates_EqualsThatThroughKeptOnes()
    {
        Sequential model = Deep();
        Tensor x = Tensor.Randn([8, 256], generator: new(2)).RequireGrad();
        model.Forward(x).Sum().Backward();
        float[][] chained = [x.Grad!.ToArray<float>(), .. model.Parameters().Select(parameter => parameter.Grad!.ToArray<float>())];

        x.Grad = null;
        model.ZeroGrad();
        Tensor current = x;
        List<Tensor> kept = [];
        foreach (Layer layer in model)
        {
            current = layer.Forward(current);
            kept.Add(current);
        }
        current.Sum().Backward();
        float[][] byHand = [x.Grad!.ToArray<float>(), .. model.Parameters().Select(parameter => parameter.Grad!.ToArray<float>())];
        chained.Should().BeEquivalentTo(byHand, options => options.WithStrictOrdering());
        GC.KeepAlive(kept);
    }

    [Fact]
    public void Forward_WithUsersLayers_EndsNeitherWhatTheyGaveNorWhatTheyWereGiven()
    {
        Keeping first = new();
        Keeping second = new();
        Sequential model = new(
            new Dense(3, 3),
            first,
            new Tanh(),
            new Sequential(second, new Identity()),
            new Dense(3, 3, activation: new Sigmoid()));
        model.Forward(Tensor.Ones(2, 3));
        foreach (Keeping layer in new[] { first, second })
        {
            layer.Given!.ToArray<float>().Should().HaveCount(6);
            layer.Gave!.ToArray<float>().Should().HaveCount(6);
        }
    }

    [Fact]
    public void Forward_WithUsersLayerThatGivesItsInputBack_EndsNothing()
    {
        Through tap = new();
        Sequential model = new(new Dense(3, 3), tap, new Tanh());
        model.Forward(Tensor.Ones(2, 3));
        tap.Seen!.ToArray<float>().Should().HaveCount(6);
    }

    [Fact]
    public void Forward_WithUsersActivation_EndsNothingOfIt()
    {
        Keeping activation = new();
        Sequential model = new(new Dense(3, 3, activation: activation), new Tanh());
        model.Forward(Tensor.Ones(2, 3));
        activation.Given!.ToArray<float>().Should().HaveCount(6);
        activation.Gave!.ToArray<float>().Should().HaveCount(6);
    }

    [Fact]
    public void Forward_OfNothing_GivesTheInputBackAndLeavesItAlone()
    {
        Tensor x = Tensor.Ones(2, 3);
        new Sequential().Forward(x).Should().BeSameAs(x);
        Sequential passing = new(new Identity(), new Sequential(new Identity()), new Dense(3, 1));
        passing.Eval();
        passing.Forward(x);
        new Sequential(new Flatten(), new Flatten(), new Dense(3, 1)).Forward(x);
        x.ToArray<float>().Should().HaveCount(6);
    }

    [Fact]
    public void Indexer_OfSequential_GivesTheLayersInOrder()
    {
        Layer[] layers = [new Dense(2, 2), new ReLU(), new Identity()];
        Sequential model = new(layers);
        model.Count.Should().Be(3);
        model[1].Should().BeSameAs(layers[1]);
        model.Should().Equal(layers);
        layers[1] = new Tanh();
        model[1].Should().BeOfType<ReLU>("the chain has an array of its own");
    }

    private static Layer Activation(string name) => name switch
    {
        "ReLU" => new ReLU(),
        "Tanh" => new Tanh(),
        _ => new Sigmoid(),
    };

    private static Sequential Deep()
    {
        RandomGenerator generator = new(1);
        return new(
            new Dense(256, 256, generator: generator),
            new Tanh(),
            new Dense(256, 256, generator: generator),
            new ReLU(),
            new Sequential(new Dense(256, 256, activation: new Sigmoid(), generator: generator), new Identity()),
            new Dense(256, 256, generator: generator));
    }

    private static (float[] Y, float[] Dx, float[] Dw, float[] Db) Run(Func<Dense, Sequential> create, DType dtype, Device device)
    {
        RandomGenerator generator = new(5);
        Dense dense = new(53, 71, dtype: dtype, generator: generator);
        Sequential model = create(dense);
        model.To(device);
        Tensor x = Tensor.Randn([67, 53], dtype, generator: generator).To(device).RequireGrad();
        Tensor y = model.Forward(x);
        y.Backward(Tensor.Randn(y.Shape, dtype, generator: generator).To(device));
        return (Bits(y), Bits(x.Grad!), Bits(dense.Weight.Grad!), Bits(dense.Bias!.Grad!));
    }

    /// <summary>All bits of a tensor: doubles as two words each.</summary>
    private static float[] Bits(Tensor tensor) => tensor.DType == DType.Float32
        ? tensor.ToArray<float>()
        : System.Runtime.InteropServices.MemoryMarshal.Cast<double, float>(tensor.ToArray<double>()).ToArray();

    private sealed class Through : Layer
    {
        public Tensor? Seen { get; private set; }

        protected override Tensor Compute(Tensor x)
        {
            Seen = x;
            return x;
        }
    }

    private sealed class Keeping : Layer
    {
        public Tensor? Given { get; private set; }

        public Tensor? Gave { get; private set; }

        protected override Tensor Compute(Tensor x)
        {
            Given = x;
            Gave = x * 2;
            return Gave;
        }
    }
}
