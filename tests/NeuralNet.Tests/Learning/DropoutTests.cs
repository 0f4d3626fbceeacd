namespace NeuralNet.Tests.Learning;

public sealed class DropoutTests
{
    private const int Count = 100_000;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Forward_InTraining_DropsTheShareAndScalesTheRest(double probability)
    {
        float[] y = new Dropout(probability, new(1)).Forward(Tensor.Full([Count], 3)).ToArray<float>();
        float kept = (float)(3 * (float)(1 / (1 - probability)));
        y.Should().OnlyContain(element => element == 0 || Math.Abs(element - kept) <= 1e-5f * kept);
        double share = y.Count(element => element == 0) / (double)Count;
        // Five standard deviations.
        share.Should().BeApproximately(probability, 5 * Math.Sqrt(probability * (1 - probability) / Count));
    }

    [Fact]
    public void Backward_InTraining_UsesTheSameMask()
    {
        Tensor x = Tensor.Ones(1000).RequireGrad();
        Tensor y = new Dropout(0.3, new(2)).Forward(x);
        y.Sum().Backward();
        x.Grad!.ToArray<float>().Should().Equal(y.ToArray<float>());
    }

    [Fact]
    public void Forward_InEvaluation_GivesTheInputBack()
    {
        Dropout layer = new(0.5);
        layer.Eval();
        Tensor x = Tensor.Ones(10);
        layer.Forward(x).Should().BeSameAs(x);
    }

    [Fact]
    public void Forward_WithProbability0_ChangesNothing() =>
        new Dropout(0).Forward(Tensor.Arange(0.0, 100)).ToArray<float>().Should().Equal(Tensor.Arange(0.0, 100).ToArray<float>());

    [Fact]
    public void Forward_WithProbability1_GivesZerosAndAZeroGradient()
    {
        Tensor x = Tensor.Ones(100).RequireGrad();
        Tensor y = new Dropout(1).Forward(x);
        y.Sum().Backward();
        y.ToArray<float>().Should().OnlyContain(element => element == 0);
        x.Grad!.ToArray<float>().Should().OnlyContain(element => element == 0);
    }

    [Fact]
    public void Forward_WithItsOwnGenerator_DrawsFromIt()
    {
        RandomGenerator own = new(3);
        Dropout layer = new(0.5, own);
        using (RandomGenerator.Use(new RandomGenerator(4)))
        {
            ulong ambient = RandomGenerator.Current.Position;
            float[] first = layer.Forward(Tensor.Ones(64)).ToArray<float>();
            float[] second = layer.Forward(Tensor.Ones(64)).ToArray<float>();
            second.Should().NotEqual(first);
            RandomGenerator.Current.Position.Should().Be(ambient);
            new Dropout(0.5, new(3)).Forward(Tensor.Ones(64)).ToArray<float>().Should().Equal(first);
        }
        own.Position.Should().Be(64);
    }

    [Fact]
    public void Forward_WithoutAGenerator_DrawsFromTheCurrentOne()
    {
        Dropout layer = new();
        using (RandomGenerator.Use(new RandomGenerator(3)))
            layer.Forward(Tensor.Ones(64)).ToArray<float>()
                .Should().Equal(new Dropout(0.5, new(3)).Forward(Tensor.Ones(64)).ToArray<float>());
    }

    [Fact]
    public void Forward_InDouble_DropsTheSameElements() =>
        new Dropout(0.5, new(3)).Forward(Tensor.Ones([64], DType.Float64)).ToArray<double>().Select(x => (float)x)
            .Should().Equal(new Dropout(0.5, new(3)).Forward(Tensor.Ones(64)).ToArray<float>());

    [Fact]
    public void Dropout_OfProbabilityOne_GivesZerosWhateverTheElements()
    {
        Tensor x = Tensor.From([1f, float.PositiveInfinity, float.NaN]).RequireGrad();
        Tensor y = x.Dropout(1, new RandomGenerator(1));
        y.Sum().Backward();

        y.ToArray<float>().Should().Equal(0, 0, 0);
        x.Grad!.ToArray<float>().Should().Equal(0, 0, 0);
    }

    [Fact]
    public void Dropout_OfProbabilityZeroOfAnEndedTensor_Throws()
    {
        Tensor x;
        using (new TensorScope())
            x = Tensor.Ones(3);
        x.Invoking(ended => ended.Dropout(0)).Should().Throw<ObjectDisposedException>();
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Create_WithoutAProbability_Throws(double probability) => ((Action)(() => _ = new Dropout(probability)))
        .Should().Throw<ArgumentOutOfRangeException>()
        .WithMessage($"Dropout: probability is {probability}. Give a probability in [0, 1].*");
}
