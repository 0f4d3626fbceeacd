namespace NeuralNet.Tests;

public sealed class GradientCheckTests
{
    private static readonly Tensor s_x = Tensor.From(new[,] { { 0.5, -1.2 }, { 2.0, 0.3 } });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Verify_RightGradient_Passes(int order) =>
        GradientCheck.Verify(inputs => (inputs[0].Tanh() * inputs[1]).MatMul(inputs[0]), [s_x, s_x.T], order);

    [Fact]
    public void Verify_WrongGradient_NamesElementAndBothValues() =>
        FluentActions.Invoking(() => GradientCheck.Verify(inputs => new WrongFirst().Apply(inputs[0]), [s_x])).Should().Throw<GradientCheckException>()
            .WithMessage("GradientCheck: the gradient of input 0 of [2, 2] at element 0 is *, the central difference * (error *, tolerance 1E-06). Look at the backward step*");

    [Fact]
    public void Verify_WrongSecondGradient_PassesAtOrderOneAlone()
    {
        GradientCheck.Verify(inputs => new WrongSecond().Apply(inputs[0]), [s_x]);

        FluentActions.Invoking(() => GradientCheck.Verify(inputs => new WrongSecond().Apply(inputs[0]), [s_x], order: 2))
            .Should().Throw<GradientCheckException>().WithMessage("GradientCheck: the second gradient of input 0*");
    }

    [Fact]
    public void Verify_WrongInOneElement_IsFound() =>
        FluentActions.Invoking(() => GradientCheck.Verify(inputs => new WrongInOneElement().Apply(inputs[0]), [s_x]))
            .Should().Throw<GradientCheckException>().WithMessage("*at element 3 *");

    [Fact]
    public void Verify_Inputs_AreLeftAlone()
    {
        Tensor x = s_x.Clone().RequireGrad();
        double[] before = x.ToArray<double>();

        using (Autograd.NoGrad())
            GradientCheck.Verify(inputs => inputs[0] * inputs[0], [x], order: 2);

        x.ToArray<double>().Should().Equal(before);
        x.Grad.Should().BeNull();
    }

    [Fact]
    public void Verify_NotDifferentiableInputs_AreSkipped() =>
        GradientCheck.Verify(inputs => inputs[0].Gather(0, inputs[1]), [s_x, Tensor.From(new long[,] { { 1, 0 } })], order: 2);

    [Fact]
    public void Verify_NoFloat64_Throws() =>
        FluentActions.Invoking(() => GradientCheck.Verify(inputs => inputs[0], [Tensor.Zeros(2)])).Should().Throw<DTypeException>()
            .WithMessage("GradientCheck: no input of Float64. Use Cast(DType.Float64) on what is to be differentiated.");

    [Fact]
    public void Verify_OtherOrder_Throws() =>
        FluentActions.Invoking(() => GradientCheck.Verify(inputs => inputs[0], [s_x], order: 3)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("GradientCheck: gradients of order 3*");

    private abstract class Square : CustomOp
    {
        protected sealed override Tensor Forward(IReadOnlyList<Tensor> inputs) => inputs[0] * inputs[0];
    }

    private sealed class WrongFirst : Square
    {
        protected override IReadOnlyList<Tensor?> Backward(Tensor gradient, IReadOnlyList<Tensor> inputs, Tensor output) => [gradient * inputs[0]];
    }

    /// <summary>The right gradient, cut off from the graph.</summary>
    private sealed class WrongSecond : Square
    {
        protected override IReadOnlyList<Tensor?> Backward(Tensor gradient, IReadOnlyList<Tensor> inputs, Tensor output) =>
            [gradient * 2 * inputs[0].Detach()];
    }

    private sealed class WrongInOneElement : Square
    {
        protected override IReadOnlyList<Tensor?> Backward(Tensor gradient, IReadOnlyList<Tensor> inputs, Tensor output) =>
            [gradient * 2 * inputs[0] * Tensor.From(new[,] { { 1, 1, }, { 1, 1.001 } })];
    }
}
