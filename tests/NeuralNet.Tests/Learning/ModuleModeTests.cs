using NeuralNet.Testing;

namespace NeuralNet.Tests.Learning;

/// <summary>Moving a module to a device, and freezing parts of it.</summary>
public sealed class ModuleModeTests
{
    [Fact]
    public void To_AnotherDevice_MovesValuesGradientsAndState()
    {
        Holder module = new();
        module.Forward(Tensor.Ones(2, 3)).Sum().Backward();
        float[] gradient = module.Dense.Weight.Grad!.ToArray<float>();
        module.To(Devices.Other);
        module.Dense.Weight.Value.Device.Should().BeSameAs(Devices.Other);
        module.Dense.Weight.Grad!.Device.Should().BeSameAs(Devices.Other);
        module.Dense.Weight.Grad.ToArray<float>().Should().Equal(gradient);
        module.Mean.Value.Device.Should().BeSameAs(Devices.Other);
    }

    [Fact]
    public void To_TheSameDevice_ChangesNothing()
    {
        Holder module = new();
        Tensor before = module.Dense.Weight.Value;
        module.To(Device.Cpu);
        module.Dense.Weight.Value.Should().BeSameAs(before);
    }

    [Fact]
    public void To_InsideAScope_OutlivesIt()
    {
        Holder module = new();
        module.Forward(Tensor.Ones(2, 3)).Sum().Backward();
        using (new TensorScope())
            module.To(Devices.Other);
        module.Dense.Weight.Value.ToArray<float>().Should().HaveCount(6);
        module.Dense.Weight.Grad!.ToArray<float>().Should().HaveCount(6);
        module.Mean.Value.ToArray<float>().Should().HaveCount(3);
    }

    [Fact]
    public void To_WithAFrozenParameter_LeavesItFrozen()
    {
        Holder module = new();
        module.Dense.Bias!.RequiresGrad = false;
        module.To(Devices.Other);
        module.Dense.Bias.RequiresGrad.Should().BeFalse();
        module.Dense.Weight.RequiresGrad.Should().BeTrue();
    }

    [Fact]
    public void Step_AfterTo_ContinuesWithTheOptimizersState()
    {
        float[] expected = TrainTwoSteps(moveBetween: false);
        TrainTwoSteps(moveBetween: true).Should().Equal(expected);
    }

    [Fact]
    public void RequiresGrad_OfFrozenLayer_GetsNoGradientAndIsNotTrained()
    {
        RandomGenerator generator = new(1);
        Dense frozen = new(3, 3, generator: generator);
        Sequential model = new(frozen, new Tanh(), new Dense(3, 2, generator: generator));
        foreach (Parameter parameter in frozen.Parameters())
            parameter.RequiresGrad = false;
        float[] before = frozen.Weight.Value.ToArray<float>();
        float[] trained = ((Dense)model[2]).Weight.Value.ToArray<float>();
        Sgd optimizer = new(model.Parameters(), 0.1);

        model.Forward(Tensor.Ones(2, 3)).Sum().Backward();
        optimizer.Step();

        frozen.Weight.Grad.Should().BeNull();
        frozen.Weight.Value.ToArray<float>().Should().Equal(before);
        ((Dense)model[2]).Weight.Value.ToArray<float>().Should().NotEqual(trained);
        model.Summary([2, 3]).TrainableParameterCount.Should().Be(8);
        model.Summary([2, 3]).ParameterCount.Should().Be(20);
    }

    [Fact]
    public void RequiresGrad_AfterUnfreezing_IsTrainedAgain()
    {
        Dense layer = new(3, 3);
        layer.Weight.RequiresGrad = false;
        layer.Weight.RequiresGrad = true;
        layer.Forward(Tensor.Ones(2, 3)).Sum().Backward();
        layer.Weight.Grad.Should().NotBeNull();
    }

    [Fact]
    public void ZeroGrad_OfModule_ForgetsAllGradients()
    {
        Holder module = new();
        module.Forward(Tensor.Ones(2, 3)).Sum().Backward();
        module.ZeroGrad();
        module.Parameters().Should().OnlyContain(parameter => parameter.Grad == null);
    }

    [Fact]
    public void Parameter_OfRecordedResult_Throws()
    {
        Tensor result = Tensor.Ones(2).RequireGrad() * 2;
        ((Action)(() => _ = new Parameter(result)))
            .Should().Throw<InvalidOperationException>().WithMessage("Parameter: *Multiply*Detach()*");
    }

    [Fact]
    public void Parameter_OfIntegers_Throws() =>
        ((Action)(() => _ = new Parameter(Tensor.Arange(3)))).Should().Throw<DTypeException>();

    [Fact]
    public void Parameter_MadeInAScope_OutlivesIt()
    {
        Dense layer;
        using (new TensorScope())
            layer = new(3, 2);
        layer.Forward(Tensor.Ones(1, 3)).ToArray<float>().Should().HaveCount(2);
    }

    private static float[] TrainTwoSteps(bool moveBetween)
    {
        Dense layer = new(3, 2, generator: new(4));
        Adam optimizer = new(layer.Parameters(), 0.1);
        Step(Device.Cpu);
        if (moveBetween)
            layer.To(Devices.Other);
        Step(moveBetween ? Devices.Other : Device.Cpu);
        return layer.Weight.Value.ToArray<float>();

        void Step(Device device)
        {
            optimizer.ZeroGrad();
            layer.Forward(Tensor.Rand([4, 3], device: device, generator: new(5))).Sum().Backward();
            optimizer.Step();
        }
    }

    private sealed class Holder : Layer
    {
        public Dense Dense { get; } = new(3, 2, generator: new(1));

        public StateTensor Mean { get; } = new(Tensor.Zeros(3));

        protected override Tensor Compute(Tensor x) => Dense.Forward(x - Mean);
    }
}
