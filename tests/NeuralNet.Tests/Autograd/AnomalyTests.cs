namespace NeuralNet.Tests;

public sealed class AnomalyTests
{
    [Fact]
    public void DetectAnomalies_Forward_NamesTheFirstOperation()
    {
        Tensor x = Tensor.From([1f, -1f]);
        using Autograd.Mode mode = Autograd.DetectAnomalies();

        AnomalyException thrown = FluentActions.Invoking(() => (x * 2).Log().Exp()).Should().Throw<AnomalyException>().Which;

        thrown.Operation.Should().Be("Log");
        thrown.Message.Should().StartWith("Log: the result of [2] has NaN, and no input has. Look at");
    }

    [Fact]
    public void DetectAnomalies_Backward_NamesTheOperationWhoseStepMadeIt()
    {
        // √x at 0 has the derivative ∞, and 0·∞ is NaN.
        Tensor x = Tensor.From([4f, 0f]).RequireGrad();
        Tensor y = (x.Sqrt() * Tensor.From([1f, 0f])).Sum();
        using Autograd.Mode mode = Autograd.DetectAnomalies();

        AnomalyException thrown = y.Invoking(t => t.Backward()).Should().Throw<AnomalyException>().Which;

        thrown.Operation.Should().Be("Sqrt");
        thrown.Message.Should().StartWith("Sqrt: the backward step made NaN in the gradient of input 0, of [2].");
    }

    [Fact]
    public void DetectAnomalies_CustomOp_NamesIt()
    {
        Tensor x = Tensor.From([1f]).RequireGrad();
        Tensor y = new Careless().Apply(x).Sum();
        using Autograd.Mode mode = Autograd.DetectAnomalies();

        y.Invoking(t => t.Backward()).Should().Throw<AnomalyException>().Which.Operation.Should().Be("Careless");
    }

    [Fact]
    public void DetectAnomalies_GradientGivenWithNaN_SaysWhereItArrives()
    {
        Tensor y = Tensor.From([1f]).RequireGrad() * 2;
        using Autograd.Mode mode = Autograd.DetectAnomalies();

        y.Invoking(t => t.Backward(Tensor.From([float.NaN]))).Should().Throw<AnomalyException>()
            .WithMessage("Multiply: the gradient of [1] that arrives here has NaN, though no backward step made one. Look at the gradient given to Backward*");
    }

    [Fact]
    public void DetectAnomalies_NaNInTheData_PassesThrough()
    {
        using Autograd.Mode mode = Autograd.DetectAnomalies();

        float.IsNaN((Tensor.From([float.NaN]) * 2).Item<float>()).Should().BeTrue("the operation is not to blame");
    }

    [Fact]
    public void DetectAnomalies_HealthyProgram_ChangesNothing()
    {
        Tensor x = Tensor.From([1.0, 2.0]).RequireGrad();
        using Autograd.Mode mode = Autograd.DetectAnomalies();

        Tensor gradient = Gradients.Of((x * x * x).Sum(), x, createGraph: true);

        gradient.ToArray<double>().Should().Equal(3, 12);
        Gradients.Of(gradient.Sum(), x).ToArray<double>().Should().Equal(6, 12);
        Autograd.IsEnabled.Should().BeTrue();
    }

    [Fact]
    public void DetectAnomalies_Disposed_IsOff()
    {
        using (Autograd.DetectAnomalies())
        {
        }

        float.IsNaN(Tensor.From([-1f]).Log().Item<float>()).Should().BeTrue();
    }

    private sealed class Careless : CustomOp
    {
        protected override Tensor Forward(IReadOnlyList<Tensor> inputs) => inputs[0] * 2;

        protected override IReadOnlyList<Tensor?> Backward(Tensor gradient, IReadOnlyList<Tensor> inputs, Tensor output) => [gradient * double.NaN];
    }
}
