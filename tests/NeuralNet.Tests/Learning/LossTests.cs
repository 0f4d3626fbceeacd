namespace NeuralNet.Tests.Learning;

/// <summary>What the golden values do not show of losses: bad input, extreme logits, gradients at kinks, their own kind of loss.</summary>
public sealed class LossTests
{
    private static readonly Tensor s_logits = Tensor.Randn([4, 3], generator: new(1));

    [Theory]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    [InlineData(1e30)]
    public void CrossEntropy_OfExtremeLogits_IsFiniteWithAFiniteGradient(double size)
    {
        Tensor x = Tensor.From([(float)size, (float)-size, 0f, (float)-size, (float)size, 0f], [2, 3]).RequireGrad();
        CrossEntropy[] losses = [new(), new(labelSmoothing: 0.1), new(weight: Tensor.From([1f, 2f, 3f]))];
        foreach (CrossEntropy loss in losses)
        {
            x.Grad = null;
            Tensor value = loss.Forward(x, Tensor.From([1L, 1L]));
            value.Backward();
            float.IsFinite(value.Item<float>()).Should().BeTrue();
            x.Grad!.ToArray<float>().Should().OnlyContain(g => float.IsFinite(g) && Math.Abs(g) <= 3);
        }
    }

    [Fact]
    public void CrossEntropy_OfUniformLogits_IsTheLogarithmOfTheClasses() =>
        new CrossEntropy().Forward(Tensor.Zeros(5, 10), Tensor.Zeros([5], DType.Int64)).Item<float>()
            .Should().BeApproximately(MathF.Log(10), 1e-6f);

    [Fact]
    public void CrossEntropy_WithInt32Targets_EqualsInt64() =>
        new CrossEntropy().Forward(s_logits, Tensor.From([0, 2, 1, 1])).Item<float>()
            .Should().Be(new CrossEntropy().Forward(s_logits, Tensor.From([0L, 2L, 1L, 1L])).Item<float>());

    [Fact]
    public void CrossEntropy_OfIgnoredTargetWithInfiniteLoss_IgnoresIt()
    {
        Tensor x = Tensor.From([float.NegativeInfinity, 0f, 1f, 2f], [2, 2]).RequireGrad();
        Tensor value = new CrossEntropy().Forward(x, Tensor.From([-100L, 1L]));
        value.Backward();
        value.Item<float>().Should().BeApproximately(MathF.Log(1 + MathF.Exp(-1)), 1e-6f);
        x.Grad!.ToArray<float>()[..2].Should().Equal(0, 0);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    public void CrossEntropy_WithAClassOutOfRange_SaysWhich(long wrong)
    {
        Action act = () => new CrossEntropy().Forward(s_logits, Tensor.From([0L, 2L, wrong, 1L]));
        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"CrossEntropy: index {wrong} at position 2 * is outside [0, 3). *");
    }

    public static TheoryData<string, long[], long[]> BadShapes => new()
    {
        { "CrossEntropy: logits [4, 3] and class numbers [5] do not fit. *", [4, 3], [5] },
        { "CrossEntropy: logits [4, 3] and class numbers [4, 1] do not fit. *", [4, 3], [4, 1] },
        { "CrossEntropy: logits [4, 3] and class numbers [] do not fit. *", [4, 3], [] },
        { "CrossEntropy: logits [3] and class numbers [1] do not fit. *", [3], [1] },
        // As many targets, in another order.
        { "CrossEntropy: logits [2, 3, 4, 5] and class numbers [2, 5, 4] do not fit. *", [2, 3, 4, 5], [2, 5, 4] },
        { "CrossEntropy: logits [2, 3, 2] and class numbers [4, 1] do not fit. *", [2, 3, 2], [4, 1] },
    };

    [Theory]
    [MemberData(nameof(BadShapes))]
    public void CrossEntropy_WithShapesThatDoNotFit_Throws(string message, long[] logits, long[] target) =>
        ((Action)(() => new CrossEntropy().Forward(Tensor.Zeros(logits.AsSpan()), Tensor.Zeros(new Shape(target.AsSpan()), DType.Int64))))
            .Should().Throw<ShapeException>().WithMessage(message);

    [Fact]
    public void CrossEntropy_OfScalarLogits_Throws() =>
        ((Action)(() => new CrossEntropy().Forward(Tensor.FromScalar(1f), Tensor.FromScalar(0L)))).Should().Throw<ShapeException>();

    [Fact]
    public void CrossEntropy_WithProbabilitiesOfAnotherShape_Throws() =>
        ((Action)(() => new CrossEntropy().Forward(s_logits, Tensor.Ones(4))))
            .Should().Throw<ShapeException>().WithMessage("CrossEntropy: predictions [4, 3] and targets [4] differ in shape. *");

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void CrossEntropy_WithAsManyWeightsAsNotClasses_Throws(long count) =>
        ((Action)(() => new CrossEntropy(Tensor.Ones(count)).Forward(s_logits, Tensor.From([0L, 1L, 2L, 0L]))))
            .Should().Throw<ShapeException>().WithMessage($"CrossEntropy: weights of [{count}] for 3 classes. *");

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void CrossEntropy_WithSmoothingOutOfRange_Throws(double smoothing) =>
        ((Action)(() => _ = new CrossEntropy(labelSmoothing: smoothing))).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void CrossEntropy_WithATargetOfAnotherDType_Throws() =>
        ((Action)(() => new CrossEntropy().Forward(s_logits, Tensor.Ones([4, 3], DType.Float64)))).Should().Throw<DTypeException>();

    [Fact]
    public void BinaryCrossEntropy_AtLogit0_HasTheGradientOneHalfMinusTarget()
    {
        Tensor x = Tensor.Zeros(3).RequireGrad();
        new BinaryCrossEntropyWithLogits(reduction: Reduction.Sum).Forward(x, Tensor.From([0f, 1f, 0.25f])).Backward();
        x.Grad!.ToArray<float>().Should().Equal([0.5f, -0.5f, 0.25f], (actual, expected) => Math.Abs(actual - expected) < 1e-6f);
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(-1e4f)]
    public void BinaryCrossEntropy_OfExtremeLogits_IsLinearInThem(float logit)
    {
        Tensor x = Tensor.From([logit, logit]).RequireGrad();
        Tensor value = new BinaryCrossEntropyWithLogits(reduction: Reduction.None).Forward(x, Tensor.From([0f, 1f]));
        value.Sum().Backward();
        value.ToArray<float>().Should().Equal(Math.Max(logit, 0), Math.Max(-logit, 0));
        x.Grad!.ToArray<float>().Should().Equal(logit > 0 ? 1 : 0, logit > 0 ? 0 : -1);
    }

    [Fact]
    public void BinaryCrossEntropy_InDouble_HasTheRightGradientsOfBothOrders() => GradientCheck.Verify(
        x => new BinaryCrossEntropyWithLogits(positiveWeight: Tensor.From([1.5, 0.5, 2.0])).Forward(x[0], x[1]),
        [Tensor.From([0.0, 0.7, -1.2]), Tensor.From([0.2, 1.0, 0.0])],
        order: 2);

    [Fact]
    public void AbsoluteError_AtATie_HasTheGradient0()
    {
        Tensor x = Tensor.From([1f, 2f, 3f]).RequireGrad();
        new MeanAbsoluteError(Reduction.Sum).Forward(x, Tensor.From([1f, 1f, 4f])).Backward();
        x.Grad!.ToArray<float>().Should().Equal(0, 1, -1);
    }

    public static TheoryData<Loss> SameShapeLosses => [new MeanSquaredError(), new MeanAbsoluteError(), new BinaryCrossEntropyWithLogits()];

    [Theory]
    [MemberData(nameof(SameShapeLosses))]
    public void Loss_OfShapesThatWouldBroadcast_Throws(Loss loss)
    {
        string name = loss.GetType().Name;
        ((Action)(() => loss.Forward(Tensor.Zeros(4, 1), Tensor.Zeros(4))))
            .Should().Throw<ShapeException>()
            .WithMessage($"{name}: predictions [4, 1] and targets [4] differ in shape. Reshape one of them; a loss does not broadcast.");
        ((Action)(() => loss.Forward(Tensor.Zeros(4), Tensor.Zeros([4], DType.Float64)))).Should().Throw<DTypeException>();
        ((Action)(() => loss.Forward(null!, Tensor.Zeros(4)))).Should().Throw<ArgumentNullException>();
        ((Action)(() => loss.Forward(Tensor.Zeros(4), null!))).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Weights_MadeInAScope_OutliveIt()
    {
        CrossEntropy loss;
        using (new TensorScope())
            loss = new(Tensor.Ones(3));
        float.IsFinite(loss.Forward(s_logits, Tensor.From([0L, 1L, 2L, 0L])).Item<float>()).Should().BeTrue();
    }

    [Fact]
    public void Loss_OfAUsersOwn_HasReductions()
    {
        Tensor x = Tensor.From([1f, -2f]);
        Tensor y = Tensor.From([0f, 0f]);
        new Cubic(Reduction.Mean).Forward(x, y).Item<float>().Should().Be(-3.5f);
        new Cubic(Reduction.Sum).Forward(x, y).Item<float>().Should().Be(-7);
        new Cubic(Reduction.None).Forward(x, y).ToArray<float>().Should().Equal(1, -8);
    }

    private sealed class Cubic(Reduction reduction) : Loss(reduction)
    {
        public override Tensor Forward(Tensor prediction, Tensor target) => Reduce((prediction - target).Pow(3));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void CrossEntropy_OfAnIgnoredRow_IsNotTouchedByWhatItHolds(float special)
    {
        float[] numbers = [1, 2, 3, special, special, special, 0, -1, 2];
        Tensor x = Tensor.From(numbers, [3, 3]).RequireGrad();
        Tensor loss = new CrossEntropy(ignoreIndex: -1).Forward(x, Tensor.From([2L, -1, 0]));
        loss.Backward();
        Tensor counted = Tensor.From([1f, 2, 3, 0, -1, 2], [2, 3]).RequireGrad();
        Tensor expected = new CrossEntropy().Forward(counted, Tensor.From([2L, 0]));
        expected.Backward();
        loss.Item<float>().Should().BeApproximately(expected.Item<float>(), 1e-6f);
        float[] gradient = x.Grad!.ToArray<float>(), rest = counted.Grad!.ToArray<float>();
        gradient[3..6].Should().Equal(0, 0, 0);
        float[] others = [.. gradient[..3], .. gradient[6..]];
        others.Zip(rest).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-6f);
    }
}
