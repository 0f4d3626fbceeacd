namespace NeuralNet.Tests.Learning;

/// <summary>Layers that take the sizes of their input from the first one.</summary>
public sealed class OpenSizeTests
{
    public static TheoryData<string> Layers => ["Dense", "Conv1D", "Conv2D", "Conv3D", "ConvTranspose2D", "BatchNorm2D", "InstanceNorm1D"];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Forward_OfTheFirstInput_MakesTheLayerThatTheSizeMakes(string name)
    {
        (Layer open, Layer given, Shape input) = Pair(name);
        open.ToString().Should().Contain("?");

        Tensor x = Tensor.Randn(input, generator: new(5));
        float[] actual = open.Forward(x).ToArray<float>();

        actual.Should().Equal(given.Forward(x).ToArray<float>());
        open.ToString().Should().Be(given.ToString());
        open.StateDict().Keys.Should().Equal(given.StateDict().Keys);
        open.Parameters().Should().OnlyContain(parameter => parameter.IsInitialized && parameter.RequiresGrad);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Parameters_BeforeTheFirstInput_SayWhatIsMissing(string name)
    {
        (Layer open, _, _) = Pair(name);
        Action use = () => _ = open.StateDict();
        use.Should().Throw<InvalidOperationException>().WithMessage($"{name}: the sizes of its parameters*OutputShape*");
    }

    [Fact]
    public void OutputShape_OfAModel_GivesItsLayersTheirParameters()
    {
        Sequential model = new(new Conv2D(-1, 4, 3), new BatchNorm2D(-1), new ReLU(), new Flatten(), new Dense(-1, 10));
        model.OutputShape([2, 3, 6, 6]).ToString().Should().Be("[2, 10]");
        Action train = () => new Adam(model.Parameters());
        train.Should().NotThrow();
        model.Summary([2, 3, 6, 6]).ParameterCount.Should().Be(4 * 27 + 4 + 8 + 640 + 10);
    }

    [Fact]
    public void Forward_InsideAnInferenceScope_KeepsTheParameters()
    {
        Dense layer = new(-1, 2, generator: new(1));
        using (new InferenceScope())
            layer.Forward(Tensor.Ones(3, 4));
        layer.Weight.RequiresGrad.Should().BeTrue();
        layer.Weight.Value.ToArray<float>().Should().HaveCount(8);
    }

    [Fact]
    public void To_BeforeTheFirstInput_BringsTheParametersThere()
    {
        Conv2D layer = new(-1, 2, 3);
        layer.To(NeuralNet.Testing.Devices.Other);
        layer.OutputShape([1, 3, 5, 5]);
        layer.Weight.Value.Device.Should().BeSameAs(NeuralNet.Testing.Devices.Other);
    }

    [Fact]
    public void Forward_FromManyThreads_DrawsOnce()
    {
        Dense layer = new(-1, 2);
        layer.Eval();
        Tensor x = Tensor.Ones(3, 4);
        float[][] results = [.. Enumerable.Range(0, 16).AsParallel().Select(_ => layer.Forward(x).ToArray<float>())];
        results.Should().OnlyContain(result => result.SequenceEqual(results[0]));
    }

    [Fact]
    public void Forward_OfASecondSize_IsAnError()
    {
        Sequential model = new(new Conv2D(-1, 2, 3));
        model.Forward(Tensor.Zeros([1, 3, 5, 5]));
        Action other = () => model.Forward(Tensor.Zeros([1, 4, 5, 5]));
        other.Should().Throw<ShapeException>().WithMessage("0 (Conv2D): expected 3 input channels on axis 1, got 4*");
    }

    [Fact]
    public void Forward_OfChannelsThatTheGroupsDoNotDivide_IsAnErrorAndLeavesTheSizeOpen()
    {
        Conv2D layer = new(-1, 4, 3, groups: 2);
        Action first = () => layer.Forward(Tensor.Zeros([1, 3, 5, 5]));
        first.Should().Throw<ShapeException>().WithMessage("Conv2D: 3 input channels*2 groups*");
        layer.Forward(Tensor.Zeros([1, 6, 5, 5])).Shape[1].Should().Be(4);
    }

    [Fact]
    public void Forward_OfNoChannels_IsAnErrorAndLeavesTheSizeOpen()
    {
        BatchNorm2D layer = new(-1);
        Action first = () => layer.Forward(Tensor.Zeros([2, 0, 3, 3]));
        first.Should().Throw<ShapeException>().WithMessage("BatchNorm2D: input [2, 0, 3, 3] has no channels*");
        layer.Forward(Tensor.Ones(2, 5, 3, 3)).Shape[1].Should().Be(5);
    }

    [Fact]
    public void Create_WithAnotherNegativeSize_SaysWhatIsPossible()
    {
        Action create = () => new Dense(-2, 3);
        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Dense: inFeatures is -2.*−1 to take that of the first input*");
    }

    private static (Layer Open, Layer Given, Shape Input) Pair(string name) => name switch
    {
        "Dense" => (new Dense(-1, 3, generator: new(1)), new Dense(5, 3, generator: new(1)), [2, 5]),
        "Conv1D" => (new Conv1D(-1, 4, 3, generator: new(1)), new Conv1D(2, 4, 3, generator: new(1)), [2, 2, 7]),
        "Conv2D" => (new Conv2D(-1, 4, 3, groups: 2, generator: new(1)), new Conv2D(6, 4, 3, groups: 2, generator: new(1)), [2, 6, 5, 5]),
        "Conv3D" => (new Conv3D(-1, 4, 2, bias: false, generator: new(1)), new Conv3D(2, 4, 2, bias: false, generator: new(1)), [1, 2, 3, 3, 3]),
        "ConvTranspose2D" => (new ConvTranspose2D(-1, 4, 3, groups: 2, generator: new(1)), new ConvTranspose2D(6, 4, 3, groups: 2, generator: new(1)), [2, 6, 5, 5]),
        "BatchNorm2D" => (new BatchNorm2D(-1), new BatchNorm2D(3), [2, 3, 4, 4]),
        "InstanceNorm1D" => (new InstanceNorm1D(-1, affine: true, trackRunningStats: true), new InstanceNorm1D(3, affine: true, trackRunningStats: true), [2, 3, 4]),
        _ => throw new ArgumentException(name),
    };
}
