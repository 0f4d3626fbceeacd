namespace NeuralNet.Tests;

public sealed class GradientHookTests
{
    [Fact]
    public void OnGradient_Leaf_SeesEachPass()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        List<float[]> seen = [];
        x.OnGradient(gradient =>
        {
            seen.Add(gradient.ToArray<float>());
            return null;
        });

        (x * 2 + x * 3).Sum().Backward();
        (x * 7).Sum().Backward();

        seen.Should().HaveCount(2);
        seen[0].Should().Equal(5, 5);
        seen[1].Should().Equal(7, 7);
        x.Grad!.ToArray<float>().Should().Equal(12, 12);
    }

    [Fact]
    public void OnGradient_Intermediate_ReplacesWhatFlowsOn()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor y = x * 2;
        y.OnGradient(gradient => gradient * 10);

        y.Sum().Backward();

        x.Grad!.ToArray<float>().Should().Equal(20, 20);
    }

    [Fact]
    public void OnGradient_Several_RunInOrder()
    {
        Tensor x = Tensor.FromScalar(1f).RequireGrad();
        x.OnGradient(gradient => gradient + 1);
        x.OnGradient(gradient => gradient * 10);

        (x * 2).Backward();

        x.Grad!.Item<float>().Should().Be(30);
    }

    [Fact]
    public void OnGradient_Removed_RunsNoMore()
    {
        Tensor x = Tensor.FromScalar(1f).RequireGrad();
        Func<Tensor, Tensor?> twice = gradient => gradient * 2;
        IDisposable first = x.OnGradient(twice);
        x.OnGradient(twice);

        first.Dispose();
        first.Dispose();
        x.Backward();

        x.Grad!.Item<float>().Should().Be(2, "the second registration of the same function stays");
    }

    [Fact]
    public void OnGradient_ReplacementThatIsKept_IsNotWrittenLater()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor replacement = Tensor.From([5f, 5f]);
        x.OnGradient(_ => replacement);

        (x * 2).Sum().Backward();
        (x * 2).Sum().Backward();

        x.Grad!.ToArray<float>().Should().Equal(10, 10);
        replacement.ToArray<float>().Should().Equal(5, 5);
    }

    [Fact]
    public void OnGradient_SeenGradientThatIsKept_StaysReadable()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor y = x * 2;
        Tensor? seen = null;
        y.OnGradient(gradient =>
        {
            seen = gradient;
            return null;
        });

        (y * 3).Sum().Backward();
        (x * 100).Sum().Backward();

        seen!.ToArray<float>().Should().Equal(3, 3);
    }

    [Fact]
    public void OnGradient_WrongShapeOrDType_ThrowsWithBoth()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor y = x.Exp();
        using (y.OnGradient(_ => Tensor.Zeros(3)))
        {
            FluentActions.Invoking(() => y.Sum().Backward(retainGraph: true)).Should().Throw<ShapeException>()
                .WithMessage("Exp: a hook returned a gradient of [3] for one of [2]. Give it the tensor's shape.");
        }
        x.OnGradient(gradient => gradient.Cast(DType.Float64));

        FluentActions.Invoking(() => y.Sum().Backward()).Should().Throw<DTypeException>()
            .WithMessage("leaf: a hook returned a gradient of Float64 for one of Float32. Use Cast(DType.Float32).");
        Tensor z = Tensor.Ones(2).RequireGrad();
        z.OnGradient(gradient => gradient.To(Device.Meta));
        FluentActions.Invoking(() => z.Sum().Backward()).Should().Throw<DeviceException>()
            .WithMessage("leaf: a hook returned a gradient on meta for one on cpu. Use gradient.To(x.Device).");
    }

    [Fact]
    public void OnGradient_GradientsOf_RunsToo()
    {
        Tensor x = Tensor.FromScalar(1f).RequireGrad();
        x.OnGradient(gradient => gradient * 3);

        Gradients.Of(x * 2, x).Item<float>().Should().Be(6);
    }

    [Fact]
    public void OnGradient_NoGradientRequired_Throws() =>
        FluentActions.Invoking(() => Tensor.Zeros(2).OnGradient(_ => null)).Should().Throw<InvalidOperationException>()
            .WithMessage("OnGradient: this tensor of [2] requires no gradient. Set RequiresGrad, or compute it from one that does.");
}
