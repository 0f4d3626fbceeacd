namespace NeuralNet.Tests.Learning;

/// <summary>What golden trajectories do not show of optimizers: a user's own, changes underway, missing gradients, bad arguments.</summary>
public sealed class OptimizerTests
{
    [Fact]
    public void Step_OfAUsersOptimizer_CallsUpdateWithStateThatStays()
    {
        Parameter parameter = Filled(1);
        Averaging optimizer = new([parameter], learningRate: 0.5);
        for (int i = 0; i < 2; i++)
        {
            parameter.Grad = Tensor.Full([2], 1);
            optimizer.Step();
        }
        // mean: ½, then ¾; each step subtracts half of it.
        parameter.Value.ToArray<float>().Should().Equal(1 - 0.25f - 0.375f, 1 - 0.25f - 0.375f);
        optimizer.States[0].Step.Should().Be(2);
        optimizer.States[0].Tensors.Keys.Should().Equal("mean");
    }

    [Fact]
    public void LearningRate_ChangedBetweenSteps_CountsFromThenOn()
    {
        Parameter parameter = Filled(0);
        Sgd optimizer = new([parameter], learningRate: 1);
        foreach (double rate in new[] { 1.0, 0.25, 0 })
        {
            optimizer.LearningRate = rate;
            parameter.Grad = Tensor.Ones(2);
            optimizer.Step();
        }
        parameter.Value.ToArray<float>().Should().Equal(-1.25f, -1.25f);
    }

    [Fact]
    public void Step_WithoutAGradient_LeavesParameterAndStateAlone()
    {
        Parameter used = Filled(1);
        Parameter unused = Filled(1);
        Adam optimizer = new([used, unused], learningRate: 0.1, weightDecay: 0.5);
        used.Grad = Tensor.Ones(2);
        optimizer.Step();
        used.Value.ToArray<float>().Should().NotContain(1);
        unused.Value.ToArray<float>().Should().Equal(1, 1);
        optimizer.States[1].Step.Should().Be(0);
        optimizer.States[1].Tensors.Should().BeEmpty();
    }

    [Fact]
    public void Step_OfLateParameter_StartsItsOwnCount()
    {
        Parameter late = Filled(0);
        Adam optimizer = new([Filled(1), late], learningRate: 0.1);
        optimizer.Step();
        late.Grad = Tensor.Full([2], 123);
        optimizer.Step();
        // The first step of Adam has the length of the learning rate, whatever the gradient.
        late.Value.ToArray<float>().Should().OnlyContain(x => Math.Abs(x + 0.1f) < 1e-6f);
    }

    [Fact]
    public void Step_InsideAScope_KeepsItsState()
    {
        Parameter parameter = Filled(1);
        Sgd optimizer = new([parameter], learningRate: 0.1, momentum: 0.9);
        for (int i = 0; i < 3; i++)
        {
            using TensorScope scope = new();
            parameter.Grad = Tensor.Ones(2);
            optimizer.Step();
        }
        parameter.Value.ToArray<float>().Should().OnlyContain(x => Math.Abs(x - (1 - 0.1f * (1 + 1.9f + 2.71f))) < 1e-6f);
    }

    [Fact]
    public void Step_DoesNotChangeTheGradientNorRecordAnything()
    {
        Parameter parameter = Filled(1);
        Tensor gradient = Tensor.Full([2], 3);
        parameter.Grad = gradient;
        new Adam([parameter], weightDecay: 0.1, maximize: true).Step();
        gradient.ToArray<float>().Should().Equal(3, 3);
        parameter.Value.IsLeaf.Should().BeTrue();
        parameter.RequiresGrad.Should().BeTrue();
    }

    [Fact]
    public void Step_BetweenForwardAndBackward_MakesTheGraphRefuse()
    {
        Dense layer = new(2, 2);
        Tensor loss = new Sequential(layer, new Dense(2, 1)).Forward(Tensor.Ones(1, 2)).Sum();
        layer.Weight.Grad = Tensor.Ones(2, 2);
        Tensor second = layer.Forward(Tensor.Ones(1, 2).RequireGrad()).Sum();
        new Sgd(layer.Parameters(), 0.1).Step();
        ((Action)(() => second.Backward())).Should().Throw<InvalidOperationException>().WithMessage("*Linear*");
        loss.IsDisposed.Should().BeFalse();
    }

    [Fact]
    public void ZeroGrad_OfAll_SetsNull()
    {
        Parameter parameter = Filled(1);
        parameter.Grad = Tensor.Ones(2);
        new Sgd([parameter]).ZeroGrad();
        parameter.Grad.Should().BeNull();
    }

    [Fact]
    public void Step_OnAStridedGradient_UsesItsLogicalOrder()
    {
        Parameter parameter = new(Tensor.Zeros(2, 3));
        parameter.Grad = Tensor.Arange(0.0, 6).Reshape(3, 2).Transpose();
        new Sgd([parameter], 1).Step();
        parameter.Value.ToArray<float>().Should().Equal(0, -2, -4, -1, -3, -5);
    }

    [Fact]
    public void Step_OnAParameterWithGaps_ChangesItsElementsAlone()
    {
        Tensor whole = Tensor.Zeros(3, 4);
        Parameter columns = new(whole[.., 1..3].Detach());
        columns.Grad = Tensor.Arange(1.0, 7).Reshape(3, 2);
        new Sgd([columns], 1, momentum: 0.5).Step();
        whole.ToArray<float>().Should().Equal(0, -1, -2, 0, 0, -3, -4, 0, 0, -5, -6, 0);
    }

    [Fact]
    public void Get_OfNamesThatAreEqual_GivesOneTensor()
    {
        OptimizerState state = new();
        Tensor parameter = Tensor.Zeros(2);
        Tensor[] first = [.. Names().Select(name => state.Get(name, parameter))];
        first.Distinct().Should().HaveCount(9);
        Names().Select(name => state.Get(name, parameter)).Should().Equal(first);
        state.Tensors.Should().HaveCount(9);

        static IEnumerable<string> Names() => Enumerable.Range(0, 9).Select(i => $"state {i}");
    }

    [Fact]
    public void Step_OnATransposedParameter_KeepsItsOrder()
    {
        Parameter parameter = new(Tensor.Zeros(2, 3).Transpose().Detach());
        Adam optimizer = new([parameter], 1, epsilon: 0);
        parameter.Grad = Tensor.From(new float[,] { { 1, -1 }, { -2, 2 }, { 3, -3 } });
        optimizer.Step();
        parameter.Value.ToArray<float>().Should().Equal(-1, 1, 1, -1, -1, 1);
        optimizer.States[0].Tensors["exp_avg"].Layout.SameOrderAs(parameter.Value.Layout).Should().BeTrue();
    }

    [Fact]
    public void Step_OfManyParametersOfTwoDTypes_IsThatOfEachAlone()
    {
        RandomGenerator generator = new(5);
        (Tensor Value, Tensor Grad)[] tensors =
        [
            .. Enumerable.Range(1, 12).Select(i => (
                Tensor.Randn([i * i], i % 2 == 0 ? DType.Float32 : DType.Float64, generator: generator),
                Tensor.Randn([i * i], i % 2 == 0 ? DType.Float32 : DType.Float64, generator: generator))),
        ];
        Parameter[] Create() => [.. tensors.Select(pair => new Parameter(pair.Value.Clone()) { Grad = pair.Grad })];
        Parameter[] together = Create(), alone = Create();
        new Adam(together, amsgrad: true, weightDecay: 0.1).Step();
        foreach (Parameter parameter in alone)
            new Adam([parameter], amsgrad: true, weightDecay: 0.1).Step();
        together.Zip(alone).Should().OnlyContain(pair => pair.First.Value.Equal(pair.Second.Value).ToArray<bool>().All(same => same));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Step_OfParametersThatShareMemory_ChangesOneAfterTheOther(int threads)
    {
        const int rows = 300, columns = 401;
        Tensor whole = Tensor.Zeros(new Shape(rows, columns), device: Device.CreateCpu(new CpuOptions { Threads = threads }));
        Parameter left = new(whole[.., ..300].Detach()), right = new(whole[.., 100..].Detach()), all = new(whole.Detach());
        foreach (Parameter parameter in new[] { left, right, all })
            parameter.Grad = Tensor.OnesLike(parameter.Value);
        new Sgd([left, right, all], 1).Step();
        float[] expected = [.. Enumerable.Range(0, columns).Select(i => -1f - (i < 300 ? 1 : 0) - (i >= 100 ? 1 : 0))];
        whole.ToArray<float>().Chunk(columns).Should().OnlyContain(row => row.SequenceEqual(expected));
    }

    [Fact]
    public void Step_WithAStateOfAnotherParameter_ThrowsAndChangesNothing()
    {
        Parameter first = Filled(1), second = Filled(1);
        first.Grad = second.Grad = Tensor.Ones(2);
        Sgd optimizer = new([first, second], 1, momentum: 0.5);
        optimizer.States[1].Get("momentum_buffer", Tensor.Zeros(3));
        ((Action)optimizer.Step).Should().Throw<ShapeException>().WithMessage("*momentum_buffer*[3]*[2]*");
        // What came before the failure was changed, nothing is queued, and gradients are on again.
        first.Value.ToArray<float>().Should().Equal(0, 0);
        second.Value.ToArray<float>().Should().Equal(1, 1);
        Autograd.IsEnabled.Should().BeTrue();
        second.Grad = null;
        optimizer.Step();
        first.Value.ToArray<float>().Should().Equal(-1.5f, -1.5f);
        ((Action)(() => optimizer.States[0].Get("momentum_buffer", Tensor.Zeros([2], DType.Float64)))).Should().Throw<DTypeException>();
    }

    [Fact]
    public void Step_WhereOneUpdateFails_MakesTheOthersBeforeIt()
    {
        Parameter first = Filled(1), second = Filled(1);
        first.Grad = second.Grad = Tensor.Ones(2);
        ((Action)new Failing([first, second]).Step).Should().Throw<InvalidOperationException>();
        first.Value.ToArray<float>().Should().Equal(0, 0);
        second.Value.ToArray<float>().Should().Equal(1, 1);
        Autograd.IsEnabled.Should().BeTrue();
    }

    [Theory]
    [InlineData(typeof(Sgd))]
    [InlineData(typeof(Adam))]
    public void Training_OfARegression_FindsTheLine(Type type)
    {
        RandomGenerator generator = new(3);
        Dense line = new(1, 1, generator: generator);
        Optimizer optimizer = type == typeof(Sgd) ? new Sgd(line.Parameters(), 0.1, momentum: 0.9) : new Adam(line.Parameters(), 0.1);
        Tensor x = Tensor.Uniform([64, 1], -1, 1, generator: generator);
        Tensor y = x * 3 - 1;
        for (int i = 0; i < 200; i++)
        {
            optimizer.ZeroGrad();
            new MeanSquaredError().Forward(line.Forward(x), y).Backward();
            optimizer.Step();
        }
        line.Weight.Value.Item<float>().Should().BeApproximately(3, 0.01f);
        line.Bias!.Value.Item<float>().Should().BeApproximately(-1, 0.01f);
    }

    public static TheoryData<string, Func<Optimizer>> Bad => new()
    {
        { "Sgd: no parameters. *", () => new Sgd([]) },
        { "Adam: no parameters. *", () => new Adam([]) },
        { "Sgd: 1 of 3 parameters occur twice. *", () => Twice(p => new Sgd(p)) },
        { "Sgd: parameter 1 of 2 is null. *", () => new Sgd([Filled(1), null!]) },
        { "Sgd: LearningRate is -1. *", () => new Sgd([Filled(1)], -1) },
        { "Sgd: LearningRate is NaN. *", () => new Sgd([Filled(1)], double.NaN) },
        { "Adam: LearningRate is Infinity. *", () => new Adam([Filled(1)], double.PositiveInfinity) },
        { "Sgd: momentum is -0.1. *", () => new Sgd([Filled(1)], momentum: -0.1) },
        { "Sgd: dampening is NaN. *", () => new Sgd([Filled(1)], dampening: double.NaN) },
        { "Sgd: weightDecay is -1. *", () => new Sgd([Filled(1)], weightDecay: -1) },
        { "Sgd: Nesterov's momentum with momentum 0 and dampening 0. *", () => new Sgd([Filled(1)], nesterov: true) },
        {
            "Sgd: Nesterov's momentum with momentum 0.9 and dampening 0.1. *",
            () => new Sgd([Filled(1)], momentum: 0.9, dampening: 0.1, nesterov: true)
        },
        { "Adam: beta1 is 1. *", () => new Adam([Filled(1)], beta1: 1) },
        { "Adam: beta2 is -0.1. *", () => new Adam([Filled(1)], beta2: -0.1) },
        { "Adam: epsilon is -1. *", () => new Adam([Filled(1)], epsilon: -1) },
        { "Adam: weightDecay is NaN. *", () => new Adam([Filled(1)], weightDecay: double.NaN) },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Create_WithBadArguments_Throws(string message, Func<Optimizer> create) =>
        create.Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void LearningRate_SetToANegative_ThrowsAndStays()
    {
        Sgd optimizer = new([Filled(1)], 0.5);
        ((Action)(() => optimizer.LearningRate = -1)).Should().Throw<ArgumentOutOfRangeException>();
        optimizer.LearningRate.Should().Be(0.5);
    }

    private static Parameter Filled(float value) => new(Tensor.Full([2], value));

    private static Sgd Twice(Func<Parameter[], Sgd> create)
    {
        Parameter parameter = Filled(1);
        return create([parameter, Filled(2), parameter]);
    }

    private sealed class Failing(IEnumerable<Parameter> parameters) : Optimizer(parameters, learningRate: 1)
    {
        private int _updates;

        protected override void Update(Tensor parameter, Tensor gradient, OptimizerState state)
        {
            if (_updates++ > 0)
                throw new InvalidOperationException();
            parameter.CopyFrom(parameter - gradient);
        }
    }

    private sealed class Averaging(IEnumerable<Parameter> parameters, double learningRate) : Optimizer(parameters, learningRate)
    {
        protected override void Update(Tensor parameter, Tensor gradient, OptimizerState state)
        {
            Tensor mean = state.Get("mean", parameter);
            mean.CopyFrom((mean + gradient) * 0.5);
            parameter.CopyFrom(parameter - mean * LearningRate);
        }
    }
}
