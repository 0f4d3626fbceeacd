namespace NeuralNet.Tests.Learning;

/// <summary>That an error from inside a model names the layer, by its path from the outermost one.</summary>
public sealed class LayerErrorTests
{
    private static readonly Tensor s_narrow = Tensor.Zeros(2, 10);

    [Fact]
    public void Forward_WithWrongFeatures_NamesTheLayerAndBothShapes()
    {
        Sequential model = new(new Flatten(), new Dense(784, 128), new ReLU(), new Dense(128, 10));
        ShapeException error = Error<ShapeException>(() => model.Forward(s_narrow));
        error.Message.Should().Be(
            "1 (Dense): expected 784 input features on the last axis, got 10; input [2, 10], weight [128, 784]. "
            + "Flatten or Reshape the input, or build the layer for 10 features.");
        error.LayerPath.Should().Be("1 (Dense)");
    }

    [Fact]
    public void Forward_WithWrongFeaturesUnfused_NamesTheLayer()
    {
        Sequential model = new(new Dense(10, 6), new Tanh(), new Dense(7, 1), new Sigmoid());
        Error<ShapeException>(() => model.Forward(s_narrow)).LayerPath.Should().Be("2 (Dense)");
    }

    [Fact]
    public void Forward_InNestedModules_NamesTheWholePath()
    {
        Autoencoder model = new();
        Error<ShapeException>(() => model.Forward(s_narrow)).LayerPath.Should().Be("encoder.2.1 (Dense)");
    }

    [Fact]
    public void Forward_OfSingleLayer_NamesItsType()
    {
        ShapeException error = Error<ShapeException>(() => new Dense(3, 1).Forward(s_narrow));
        error.LayerPath.Should().Be("Dense");
        error.Message.Should().StartWith("Dense: expected 3 input features");
    }

    [Fact]
    public void Forward_OfScalar_SaysSo() =>
        Error<ShapeException>(() => new Dense(3, 1).Forward(Tensor.FromScalar(1f))).Message.Should().Contain("got a scalar");

    [Fact]
    public void Forward_OfUsersLayer_NamesItToo()
    {
        Sequential model = new(new Identity(), new Adding());
        ShapeException error = Error<ShapeException>(() => model.Forward(s_narrow));
        error.LayerPath.Should().Be("1 (Adding)");
        error.Message.Should().StartWith("1 (Adding): Add: ");
    }

    [Fact]
    public void Forward_OfDense_NamesTheActivationThatFails()
    {
        Sequential model = new(new Dense(10, 4, activation: new Softmax(axis: 5)));
        Error<ShapeException>(() => model.Forward(s_narrow)).LayerPath.Should().Be("0.activation (Softmax)");
    }

    [Fact]
    public void Forward_WithAnotherDType_NamesTheLayerAndTheCast()
    {
        Sequential model = new(new Flatten(), new Dense(10, 2));
        DTypeException error = Error<DTypeException>(() => model.Forward(s_narrow.Cast(DType.Float64)));
        error.LayerPath.Should().Be("1 (Dense)");
        error.Message.Should().Contain("Float64").And.Contain("Float32").And.Contain("Cast");
    }

    [Fact]
    public void Forward_WithAnotherDevice_NamesTheLayerAndTo()
    {
        Sequential model = new(new Flatten(), new Dense(10, 2));
        DeviceException error = Error<DeviceException>(() => model.Forward(s_narrow.To(Testing.Devices.Other)));
        error.LayerPath.Should().Be("1 (Dense)");
        error.Message.Should().Contain("To(");
    }

    [Fact]
    public void Forward_AfterAnError_StartsANewPath()
    {
        Sequential model = new(new Dense(3, 1));
        Error<ShapeException>(() => model.Forward(s_narrow));
        Error<ShapeException>(() => new Dense(4, 1).Forward(s_narrow)).LayerPath.Should().Be("Dense");
        Error<ShapeException>(() => s_narrow.MatMul(s_narrow)).LayerPath.Should().BeNull();
    }

    [Fact]
    public void Summary_WithWrongShape_NamesTheLayer() =>
        Error<ShapeException>(() => new Sequential(new Dense(3, 1), new ReLU()).Summary([2, 10])).LayerPath.Should().Be("0 (Dense)");

    [Fact]
    public void Forward_OfNull_Throws() => ((Action)(() => new Identity().Forward(null!))).Should().Throw<ArgumentNullException>();

    [Fact]
    public void Flatten_WithAxesInWrongOrder_Throws() =>
        Error<ShapeException>(() => new Flatten(2, 1).Forward(Tensor.Zeros(2, 3, 4))).Message
            .Should().StartWith("Flatten: axis 2 lies behind axis 1");

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-2, 3)]
    [InlineData(3, 0)]
    [InlineData(3, long.MinValue)]
    public void Dense_WithASizeThatIsNotPositive_Throws(long inputs, long outputs)
    {
        string wrong = inputs <= 0 ? "inFeatures" : "outFeatures";
        ((Action)(() => _ = new Dense(inputs, outputs))).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName(wrong).WithMessage($"Dense: {wrong} is {Math.Min(inputs, outputs)}. Give a size of at least 1*");
    }

    [Fact]
    public void Dense_WithAnIntegerDType_Throws() =>
        ((Action)(() => _ = new Dense(2, 2, dtype: DType.Int64))).Should().Throw<DTypeException>();

    [Fact]
    public void Sequential_WithNull_SaysWhichLayer() =>
        ((Action)(() => _ = new Sequential(new Identity(), null!)))
            .Should().Throw<ArgumentException>().WithMessage("Sequential: layer 1 of 2 is null. *");

    private static TException Error<TException>(Action act)
        where TException : Exception => act.Should().Throw<TException>().Which;

    private sealed class Autoencoder : Layer
    {
        private readonly Sequential _encoder = new(new Dense(10, 8), new ReLU(), new Sequential(new Identity(), new Dense(9, 2)));

        protected override Tensor Compute(Tensor x) => _encoder.Forward(x);
    }

    private sealed class Adding : Layer
    {
        protected override Tensor Compute(Tensor x) => x + Tensor.Ones(3);
    }
}
