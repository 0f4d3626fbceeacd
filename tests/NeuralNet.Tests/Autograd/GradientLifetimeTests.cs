namespace NeuralNet.Tests;

/// <summary>A gradient that only the library saw is freed when it is set to null; one that a user may hold is not.</summary>
public sealed class GradientLifetimeTests
{
    private const int Length = 5000;

    private readonly Device _device = Device.CreateCpu(new() { Threads = 1 });

    public static TheoryData<string> Optimizers => [nameof(Sgd), nameof(Adam)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void ZeroGrad_GradientsThatNobodySaw_AreFreedAtOnce(string name)
    {
        Parameter parameter = new(Tensor.Ones([Length], device: _device));
        Optimizer optimizer = name == nameof(Sgd) ? new Sgd([parameter], 0.1) : new Adam([parameter]);
        Backward(parameter);
        optimizer.Step();
        optimizer.ZeroGrad();
        long before = _device.MemoryStatistics.LiveBytes;

        Backward(parameter);
        long with = _device.MemoryStatistics.LiveBytes;
        optimizer.Step();
        optimizer.ZeroGrad();

        with.Should().BeGreaterThanOrEqualTo(before + Length * sizeof(float));
        _device.MemoryStatistics.LiveBytes.Should().Be(before);
        GC.KeepAlive(parameter);
    }

    [Fact]
    public void Grad_SetToNullUnseen_IsFreedAtOnce()
    {
        Tensor w = Tensor.Ones([Length], device: _device).RequireGrad();
        long before = _device.MemoryStatistics.LiveBytes;
        Scaled(w);
        w.Grad = null;
        _device.MemoryStatistics.LiveBytes.Should().Be(before);
        GC.KeepAlive(w);
    }

    [Fact]
    public void Grad_Read_OutlivesItsLeafsReset()
    {
        Parameter parameter = new(Tensor.Ones([Length], device: _device));
        Sgd optimizer = new([parameter], 0.1);
        Backward(parameter);
        Tensor gradient = parameter.Grad!;
        optimizer.Step();
        optimizer.ZeroGrad();
        Overwrite();
        gradient.ToArray<float>().Should().AllBeEquivalentTo(3f);
    }

    [Fact]
    public void Grad_ReadBeforeItGrew_OutlivesItsLeafsReset()
    {
        Parameter parameter = new(Tensor.Ones([Length], device: _device));
        Backward(parameter);
        Tensor gradient = parameter.Grad!;
        Backward(parameter);
        parameter.Grad = null;
        Overwrite();
        gradient.ToArray<float>().Should().AllBeEquivalentTo(6f);
    }

    [Fact]
    public void Grad_SeenOnceAndReplaced_FreesTheNextUnseenOne()
    {
        Tensor w = Tensor.Ones([Length], device: _device).RequireGrad();
        Scaled(w);
        Tensor first = w.Grad!;
        w.Grad = null;
        long before = _device.MemoryStatistics.LiveBytes;
        Scaled(w);
        w.Grad = null;
        _device.MemoryStatistics.LiveBytes.Should().Be(before);
        first.ToArray<float>().Should().AllBeEquivalentTo(3f);
        GC.KeepAlive(w);
    }

    [Fact]
    public void Grad_Assigned_OutlivesItsLeafsReset()
    {
        Tensor w = Tensor.Ones([Length], device: _device).RequireGrad();
        Tensor assigned = Tensor.Full([Length], 7, device: _device);
        w.Grad = assigned;
        w.Grad = null;
        Overwrite();
        assigned.ToArray<float>().Should().AllBeEquivalentTo(7f);
    }

    [Fact]
    public void OnGradient_KeptByAHook_OutlivesTheReset()
    {
        Tensor w = Tensor.Ones([Length], device: _device).RequireGrad();
        Tensor? kept = null;
        using IDisposable hook = w.OnGradient(gradient =>
        {
            kept = gradient;
            return null;
        });
        (w * 3).Sum().Backward();
        w.Grad = null;
        Overwrite();
        kept!.ToArray<float>().Should().AllBeEquivalentTo(3f);
    }

    [Fact]
    public void Step_OfAUsersOptimizer_MayKeepGradients()
    {
        Parameter parameter = new(Tensor.Ones([Length], device: _device));
        KeepingOptimizer optimizer = new([parameter]);
        Backward(parameter);
        optimizer.Step();
        optimizer.ZeroGrad();
        Overwrite();
        optimizer.Kept!.ToArray<float>().Should().AllBeEquivalentTo(3f);
    }

    private static void Backward(Parameter parameter) => Scaled(parameter.Value);

    /// <summary>Adds 3 to the gradient of each element, and leaves nothing else behind.</summary>
    private static void Scaled(Tensor w)
    {
        using TensorScope scope = new();
        (w * 3).Sum().Backward();
    }

    /// <summary>Takes every free block of the size, so that what was freed too early shows other numbers.</summary>
    private void Overwrite()
    {
        Tensor[] others = [.. Enumerable.Range(0, 20).Select(_ => Tensor.Full([Length], -1, device: _device))];
        GC.KeepAlive(others);
    }

    private sealed class KeepingOptimizer(IEnumerable<Parameter> parameters) : Optimizer(parameters, 0.1)
    {
        public Tensor? Kept { get; private set; }

        protected override void Update(Tensor parameter, Tensor gradient, OptimizerState state) => Kept = gradient;
    }
}
