namespace NeuralNet.Tests;

public sealed class GradientClippingTests
{
    [Fact]
    public void ByGlobalNorm_OfALongGradient_ShortensAllByOneFactor()
    {
        Parameter[] parameters = Create();
        GradientClipping.ByGlobalNorm(parameters, 6.5).Should().Be(13);
        parameters[0].Grad!.ToArray<double>().Should().Equal(new double[] { 1.5, 2 }, BeNear);
        parameters[1].Grad!.ToArray<double>().Should().Equal(new double[] { 6 }, BeNear);
        parameters[2].Grad.Should().BeNull();
    }

    [Fact]
    public void ByGlobalNorm_OfAShortGradient_ChangesNothing()
    {
        Parameter[] parameters = Create();
        GradientClipping.ByGlobalNorm(parameters, 100).Should().Be(13);
        parameters[0].Grad!.ToArray<double>().Should().Equal(3, 4);
    }

    [Fact]
    public void ByGlobalNorm_OfTheLargestElement_TakesTheMaximum() =>
        GradientClipping.ByGlobalNorm(Create(), 1, double.PositiveInfinity).Should().Be(12);

    [Fact]
    public void ByNorm_OfSeveralGradients_ShortensEachByItself()
    {
        Parameter[] parameters = Create();
        GradientClipping.ByNorm(parameters, 10);
        parameters[0].Grad!.ToArray<double>().Should().Equal(3, 4);
        parameters[1].Grad!.ToArray<double>().Should().Equal(new double[] { 10 }, BeNear);
    }

    [Fact]
    public void ByValue_OfLargeElements_LimitsThem()
    {
        Parameter[] parameters = Create();
        GradientClipping.ByValue(parameters, 3.5);
        parameters[0].Grad!.ToArray<double>().Should().Equal(3, 3.5);
        parameters[1].Grad!.ToArray<double>().Should().Equal(3.5);
    }

    [Fact]
    public void ByGlobalNorm_OfNaN_IsAnErrorWhenAsked()
    {
        Parameter[] parameters = Create();
        parameters[1].Grad = Tensor.From([double.NaN]);
        Action clip = () => GradientClipping.ByGlobalNorm(parameters, 1, errorIfNonFinite: true);
        clip.Should().Throw<InvalidOperationException>().WithMessage("GradientClipping: the norm of 2 gradients is NaN.*");
        GradientClipping.ByGlobalNorm(parameters, 1).Should().Be(double.NaN);
    }

    [Fact]
    public void Calls_WithNegativeLimits_NameTheMistake()
    {
        Action clip = () => GradientClipping.ByValue(Create(), -1);
        clip.Should().Throw<ArgumentOutOfRangeException>().WithMessage("GradientClipping.ByValue: limit is -1.*");
    }

    private static Parameter[] Create() =>
    [
        new(Tensor.From([1.0, 1])) { Grad = Tensor.From([3.0, 4]) }, new(Tensor.From([1.0])) { Grad = Tensor.From([12.0]) },
        new(Tensor.From([1.0])),
    ];

    private static bool BeNear(double actual, double expected) => Math.Abs(actual - expected) < 1e-5;
}
