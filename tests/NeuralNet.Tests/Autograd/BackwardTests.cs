namespace NeuralNet.Tests;

public sealed class BackwardTests
{
    [Fact]
    public void Backward_Twice_AddsUp()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();

        (x * x).Sum().Backward();
        (x * 3).Sum().Backward();

        x.Grad!.ToArray<float>().Should().Equal(5, 7);
    }

    [Fact]
    public void Grad_SetToNull_StartsAnew()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        (x * x).Sum().Backward();

        x.Grad = null;
        (x * 3).Sum().Backward();

        x.Grad!.ToArray<float>().Should().Equal(3, 3);
    }

    [Fact]
    public void Grad_SetToATensor_IsAddedToACopy()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor start = Tensor.From([10f, 20f]);
        x.Grad = start;

        (x * 3).Sum().Backward();

        x.Grad!.ToArray<float>().Should().Equal(13, 23);
        start.ToArray<float>().Should().Equal([10, 20], "it is the caller's");
    }

    [Fact]
    public void Grad_SetBadly_Throws()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();

        FluentActions.Invoking(() => x.Grad = Tensor.Zeros(3)).Should().Throw<ShapeException>().WithMessage("Grad: a gradient of [3] for a tensor of [2]. Give it the tensor's shape.");
        FluentActions.Invoking(() => x.Grad = Tensor.Zeros([2], DType.Float64)).Should().Throw<DTypeException>().WithMessage("Grad: a gradient of Float64 for a tensor of Float32. Use Cast*");
        FluentActions.Invoking(() => x.Grad = Tensor.Zeros([2], device: Device.Meta)).Should().Throw<DeviceException>().WithMessage("Grad: a gradient on meta for a tensor on cpu.*");
        FluentActions.Invoking(() => (x * 2).Grad = x).Should().Throw<InvalidOperationException>().WithMessage("Grad: this tensor of [2] collects no gradient. Set RequiresGrad*");
        FluentActions.Invoking(() => (x * 2).Grad = null).Should().NotThrow();
    }

    [Fact]
    public void Backward_WithoutRetainGraph_RunsOnce()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor y = x.Exp().Sum();
        y.Backward();

        y.Invoking(t => t.Backward()).Should().Throw<InvalidOperationException>()
            .WithMessage("Sum: the backward pass already ran through this operation and released what it had saved. Pass retainGraph: true to the first Backward.");
    }

    [Fact]
    public void Backward_RetainGraph_RunsAgain()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor y = (x * x).Sum();

        y.Backward(retainGraph: true);
        y.Backward();

        x.Grad!.ToArray<float>().Should().Equal(4, 8);
    }

    [Fact]
    public void Backward_SharedPartUsedUp_NamesTheOperation()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor shared = x.Exp();
        shared.Sum().Backward();

        FluentActions.Invoking(() => shared.Mean().Backward()).Should().Throw<InvalidOperationException>().WithMessage("Exp: *retainGraph: true*");
    }

    [Fact]
    public void Backward_SeveralElementsWithoutGradient_Throws() =>
        FluentActions.Invoking(() => (Tensor.Zeros(2, 3).RequireGrad() * 2).Backward()).Should().Throw<InvalidOperationException>()
            .WithMessage("Backward: a tensor of [2, 3] has 6 elements, not one. Reduce it to a scalar, by Sum or Mean, or pass a gradient of its shape.");

    [Fact]
    public void Backward_WithGradient_WeighsTheElements()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor gradient = Tensor.From([10f, 100f]);

        (x * x).Backward(gradient);

        x.Grad!.ToArray<float>().Should().Equal(20, 400);
        gradient.ToArray<float>().Should().Equal(10, 100);
    }

    [Fact]
    public void Backward_GradientThatDoesNotFit_Throws()
    {
        Tensor y = Tensor.Zeros(2).RequireGrad() * 2;

        y.Invoking(t => t.Backward(Tensor.Zeros(3))).Should().Throw<ShapeException>().WithMessage("Backward: a gradient of [3] for a tensor of [2]. Give it the tensor's shape.");
        y.Invoking(t => t.Backward(Tensor.Zeros([2], DType.Float64))).Should().Throw<DTypeException>().WithMessage("Backward: a gradient of Float64 for a tensor of Float32. Use Cast(DType.Float32).");
        y.Invoking(t => t.Backward(Tensor.Zeros([2], device: Device.Meta))).Should().Throw<DeviceException>().WithMessage("Backward: a gradient on meta for a tensor on cpu.*");
    }

    [Fact]
    public void Backward_NothingRequiresAGradient_Throws() =>
        FluentActions.Invoking(() => Tensor.Zeros(2).Sum().Backward()).Should().Throw<InvalidOperationException>()
            .WithMessage("Backward: this tensor of [] requires no gradient. Set RequiresGrad on what it is computed from, outside Autograd.NoGrad().");

    [Fact]
    public void Backward_OnALeaf_GivesOne()
    {
        Tensor x = Tensor.FromScalar(3f).RequireGrad();

        x.Backward();
        x.Backward();

        x.Grad!.Item<float>().Should().Be(2);
    }

    [Fact]
    public void Backward_Intermediates_CollectNoGradient()
    {
        Tensor x = Tensor.From([1f]).RequireGrad();
        Tensor y = x * 2;

        y.Sum().Backward();

        y.Grad.Should().BeNull();
        y.IsLeaf.Should().BeFalse();
        x.IsLeaf.Should().BeTrue();
    }

    [Fact]
    public void Backward_InputsThatRequireNone_GetNone()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor data = Tensor.From([3f, 4f]);

        (x * data).Sum().Backward();

        data.Grad.Should().BeNull();
        x.Grad!.ToArray<float>().Should().Equal(3, 4);
    }

    [Fact]
    public void Backward_Broadcast_SumsOverTheRepeatedAxes()
    {
        Tensor row = Tensor.From([1f, 2f, 3f]).RequireGrad();
        Tensor column = Tensor.From(new float[,] { { 1 }, { 2 } }).RequireGrad();
        Tensor scalar = Tensor.FromScalar(5f).RequireGrad();

        (row * column * scalar).Sum().Backward();

        row.Grad!.ToArray<float>().Should().Equal(15, 15, 15);
        column.Grad!.ToArray<float>().Should().Equal(30, 30);
        column.Grad.Shape.Should().Equal(2, 1);
        scalar.Grad!.Item<float>().Should().Be(18);
    }

    [Fact]
    public void Backward_Diamond_RunsEachNodeOnce()
    {
        Tensor x = Tensor.From([2f]).RequireGrad();
        Tensor shared = x * x;
        int runs = 0;
        shared.OnGradient(_ =>
        {
            runs++;
            return null;
        });

        (shared * 3 + shared.Exp().Log() + shared).Sum().Backward();

        runs.Should().Be(1);
        x.Grad!.Item<float>().Should().BeApproximately(20, 1e-4f);
    }

    [Fact]
    public void Backward_ManyUsesOfOneTensor_SumsInAFixedOrder()
    {
        byte[] first = Gradient();

        for (int run = 0; run < 5; run++)
            Gradient().Should().Equal(first);

        static byte[] Gradient()
        {
            Tensor x = Tensor.Rand([1000], generator: new RandomGenerator(1)).RequireGrad();
            Tensor shared = x * 1.1;
            Tensor sum = shared.Smooth();
            for (int i = 1; i < 20; i++)
                sum += (shared * (1.0 / i)).Smooth();
            sum.Sum().Backward();
            return x.Grad!.ToArray<float>().SelectMany(BitConverter.GetBytes).ToArray();
        }
    }

    [Fact]
    public void Backward_OnAnEndedTensor_Throws()
    {
        Tensor x = Tensor.From([1f]).RequireGrad();
        Tensor y;
        using (new TensorScope())
            y = (x * 2).Sum();

        y.Invoking(t => t.Backward()).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(() => Gradients.Of(y, x)).Should().Throw<ObjectDisposedException>();
    }
}

internal static class TestFunctions
{
    /// <summary>A smooth function whose derivative has many digits.</summary>
    public static Tensor Smooth(this Tensor x) => x.Tanh() * x.Sigmoid();
}
