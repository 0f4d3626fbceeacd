namespace NeuralNet.Tests;

public sealed class CustomOpTests
{
    [Fact]
    public void Apply_Cube_HasValueAndGradient()
    {
        Tensor x = Tensor.From([1.0, 2.0]).RequireGrad();
        Tensor y = new Cube().Apply(x);
        y.Sum().Backward();

        y.ToArray<double>().Should().Equal(1, 8);
        x.Grad!.ToArray<double>().Should().Equal(3, 12);
    }

    [Fact]
    public void Apply_Cube_HasSecondGradient()
    {
        Tensor x = Tensor.From([1.0, 2.0]).RequireGrad();
        Tensor first = Gradients.Of(new Cube().Apply(x).Sum(), x, createGraph: true);

        Gradients.Of(first.Sum(), x).ToArray<double>().Should().Equal(6, 12);
        GradientCheck.Verify(inputs => new Cube().Apply(inputs[0]), [x], order: 2);
    }

    [Fact]
    public void Apply_Forward_IsOneNodeAndSeesDetachedInputs()
    {
        Tensor x = Tensor.From([1.0]).RequireGrad();
        Func op = new(inputs =>
        {
            inputs[0].RequiresGrad.Should().BeFalse();
            Autograd.IsEnabled.Should().BeFalse();
            return inputs[0].Exp();
        });

        Tensor y = op.Apply(x);

        y.Node!.InputNode(0).Should().BeSameAs(x.Node);
    }

    [Fact]
    public void Apply_NothingRequiresAGradient_RecordsNothing() => new Cube().Apply(Tensor.From([2.0])).RequiresGrad.Should().BeFalse();

    [Fact]
    public void Apply_ReturnsItsInput_IsATensorOfItsOwn()
    {
        Tensor x = Tensor.From([1.0, 2.0]).RequireGrad();

        Tensor y = new Func(inputs => inputs[0], gradient => gradient * 5).Apply(x);
        y.Sum().Backward();

        y.Should().NotBeSameAs(x);
        y.Node.Should().NotBeSameAs(x.Node);
        x.Grad!.ToArray<double>().Should().Equal(5, 5);
    }

    [Fact]
    public void Apply_ReturnsACapturedTensorOfTheGraph_DoesNotChangeIt()
    {
        Tensor x = Tensor.From([1.0]).RequireGrad();
        Tensor captured = x * 2;
        GraphNode? before = captured.Node;

        new Func(_ => captured).Apply(x);

        captured.Node.Should().BeSameAs(before);
    }

    [Fact]
    public void Apply_BroadcastGradient_IsSummed()
    {
        Tensor x = Tensor.From([2.0]).RequireGrad();

        new Func(inputs => inputs[0].Expand([3]), gradient => gradient).Apply(x).Sum().Backward();

        x.Grad!.ToArray<double>().Should().Equal(3);
    }

    [Fact]
    public void Apply_NoGradient_StopsThere()
    {
        Tensor x = Tensor.From([2.0]).RequireGrad();

        (new Func(inputs => inputs[0] * 2, _ => null).Apply(x) + x).Sum().Backward();

        x.Grad!.ToArray<double>().Should().Equal(1);
    }

    [Fact]
    public void Apply_NoInputs_Throws() =>
        FluentActions.Invoking(() => new Cube().Apply()).Should().Throw<ArgumentException>().WithMessage("Cube: no inputs. An operation needs at least one tensor.*");

    [Fact]
    public void Apply_ForwardReturnsNull_Throws() =>
        FluentActions.Invoking(() => new Func(_ => null!).Apply(Tensor.From([1.0]))).Should().Throw<InvalidOperationException>().WithMessage("Func: Forward returned null. Return a tensor.");

    [Fact]
    public void Apply_ForwardReturnsATensorThatItKeeps_LeavesThatTensorAlone()
    {
        Tensor constant = Tensor.From([1.0, 2.0]);

        Tensor y = new Func(_ => constant, gradient => gradient).Apply(Tensor.From([3.0, 4.0]).RequireGrad());

        y.RequiresGrad.Should().BeTrue();
        constant.RequiresGrad.Should().BeFalse();
        constant.Invoking(tensor => tensor.Fill(0)).Should().NotThrow();
    }

    [Fact]
    public void Apply_ForwardReturnsIntegers_ThrowsWhereAGradientIsNeeded()
    {
        Func op = new(inputs => inputs[0].Cast(DType.Int64));
        op.Invoking(o => o.Apply(Tensor.From([1.0]).RequireGrad())).Should().Throw<DTypeException>().WithMessage(
            "Func: Forward returned a tensor of Int64, which has no gradient, and an input requires one. Return Float32 or Float64, or apply it inside Autograd.NoGrad().");

        op.Apply(Tensor.From([1.0])).ToArray<long>().Should().Equal(1);
        using (Autograd.NoGrad())
            op.Apply(Tensor.From([1.0]).RequireGrad()).RequiresGrad.Should().BeFalse();
    }

    [Fact]
    public void Backward_WrongCount_Throws() =>
        Failing(new TwoGradients()).Should().Throw<InvalidOperationException>().WithMessage("TwoGradients: Backward returned 2 gradients for 1 input. Return one for each, null where there is none.");

    [Fact]
    public void Backward_WrongShape_Throws() =>
        Failing(new Func(inputs => inputs[0] * 2, _ => Tensor.Zeros([3], DType.Float64))).Should().Throw<ShapeException>()
            .WithMessage("Func: Backward returned a gradient of [3] for input 0 of [2]. Return the input's shape.");

    [Fact]
    public void Backward_WrongDType_Throws() =>
        Failing(new Func(inputs => inputs[0] * 2, gradient => gradient.Cast(DType.Float32))).Should().Throw<DTypeException>()
            .WithMessage("Func: Backward returned a gradient of Float32 for input 0 of Float64. Use Cast(DType.Float64).");

    [Fact]
    public void Backward_WrongDevice_Throws() =>
        Failing(new Func(inputs => inputs[0] * 2, gradient => gradient.To(Device.Meta))).Should().Throw<DeviceException>()
            .WithMessage("Func: Backward returned a gradient on meta for input 0 on cpu.*");

    private static Action Failing(CustomOp op)
    {
        Tensor y = op.Apply(Tensor.From([1.0, 2.0]).RequireGrad()).Sum();
        return () => y.Backward();
    }

    private sealed class Cube : CustomOp
    {
        protected override Tensor Forward(IReadOnlyList<Tensor> inputs) => inputs[0] * inputs[0] * inputs[0];

        protected override IReadOnlyList<Tensor?> Backward(Tensor gradient, IReadOnlyList<Tensor> inputs, Tensor output) =>
            [gradient * 3 * inputs[0] * inputs[0]];
    }

    private sealed class Func(Func<IReadOnlyList<Tensor>, Tensor> forward, Func<Tensor, Tensor?>? backward = null) : CustomOp
    {
        protected override Tensor Forward(IReadOnlyList<Tensor> inputs) => forward(inputs);

        protected override IReadOnlyList<Tensor?> Backward(Tensor gradient, IReadOnlyList<Tensor> inputs, Tensor output) => [backward?.Invoke(gradient)];
    }

    private sealed class TwoGradients : CustomOp
    {
        protected override Tensor Forward(IReadOnlyList<Tensor> inputs) => inputs[0] * 2;

        protected override IReadOnlyList<Tensor?> Backward(Tensor gradient, IReadOnlyList<Tensor> inputs, Tensor output) => [gradient, gradient];
    }
}
