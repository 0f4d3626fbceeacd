namespace NeuralNet.Tests;

public sealed class MemoryBudgetTests
{
    private const long MiB = 1L << 20;

    private static readonly Dictionary<string, Func<Tensor, Tensor[], Tensor>> s_composed = new()
    {
        ["Dropout"] = (x, _) => x.Dropout(0.5, new RandomGenerator(1)),
        ["MeanSquaredError"] = (x, arguments) => new MeanSquaredError().Forward(x, arguments[0]),
        ["MeanAbsoluteError"] = (x, arguments) => new MeanAbsoluteError(Reduction.None).Forward(x, arguments[0]),
        ["BinaryCrossEntropyWithLogits"] = (x, arguments) => new BinaryCrossEntropyWithLogits().Forward(x, arguments[0]),
        ["CrossEntropy of probabilities"] = (x, arguments) => new CrossEntropy(labelSmoothing: 0.1).Forward(x, arguments[0]),
        ["CrossEntropy of classes"] = (x, arguments) => new CrossEntropy().Forward(x, arguments[1]),
        ["MatMul of a batch"] = (x, arguments) => x.MatMul(arguments[2]),
        ["MatMul with a vector"] = (x, arguments) => x.MatMul(arguments[3]),
    };

    [Fact]
    public void Loop_LargeResultsWithoutUsing_StaysBounded()
    {
        Device device = Device.CreateCpu(new() { Threads = 1 });
        Tensor x = Tensor.Ones([1 << 20], device: device);
        long peak = 0;

        for (int i = 0; i < 750; i++)
        {
            _ = x + 1;
            MemoryStatistics statistics = device.MemoryStatistics;
            peak = Math.Max(peak, statistics.LiveBytes + statistics.CachedBytes);
        }

        peak.Should().BeLessThan(100 * MiB, "3 GB were handed out");
        device.MemoryStatistics.Collections.Should().BeGreaterThan(0);
        GC.KeepAlive(x);
    }

    [Fact]
    public void Loop_GraphsThatAreDropped_StayBounded()
    {
        Device device = Device.CreateCpu(new() { Threads = 1 });
        Tensor w = Tensor.Ones([1 << 20], device: device).RequireGrad();
        long peak = 0;

        for (int i = 0; i < 150; i++)
        {
            _ = (w.Exp() * w).Sum();
            MemoryStatistics statistics = device.MemoryStatistics;
            peak = Math.Max(peak, statistics.LiveBytes + statistics.CachedBytes);
        }

        peak.Should().BeLessThan(150 * MiB, "1.2 GB were handed out, to graphs that nobody ran");
        GC.KeepAlive(w);
    }

    [Fact]
    public void Loop_TrainingWithAScope_TakesNoNewMemory()
    {
        Device device = Device.CreateCpu(new() { Threads = 1 });
        (Tensor x, Tensor target, Tensor[] parameters) = Problem(device);
        for (int i = 0; i < 3; i++)
            ScopedStep(x, target, parameters);
        MemoryStatistics warm = device.MemoryStatistics;

        for (int i = 0; i < 50; i++)
            ScopedStep(x, target, parameters);

        MemoryStatistics after = device.MemoryStatistics;
        after.Allocations.Should().Be(warm.Allocations);
        after.LiveBytes.Should().Be(warm.LiveBytes);
        after.Collections.Should().Be(0);
    }

    [Fact]
    public void Loop_TrainingWithoutAScope_LeavesOnlyVisibleOutputsToTheCollector()
    {
        Device device = Device.CreateCpu(new() { Threads = 1 });
        (Tensor x, Tensor target, Tensor[] parameters) = Problem(device);
        Step(x, target, parameters);
        long before = device.MemoryStatistics.LiveBytes;

        Step(x, target, parameters);

        // Two layers' products, the hidden tensor, error and square; the backward pass itself leaves nothing.
        long visible = 4 * (256 * 64 * 2 + 256 * 32 * 3);
        (device.MemoryStatistics.LiveBytes - before).Should().BeLessThan(2 * visible);
    }

    public static TheoryData<string> Composed => [.. s_composed.Keys];

    [Theory]
    [MemberData(nameof(Composed))]
    public void Operation_MadeOfOthers_LeavesItsResultAlone(string name)
    {
        Device device = Device.CreateCpu(new() { Threads = 1 });
        RandomGenerator generator = new(4);
        Tensor x = Tensor.Randn([64, 50, 8], device: device, generator: generator).RequireGrad();
        Tensor[] arguments =
        [
            Tensor.Rand([64, 50, 8], device: device, generator: generator),
            Tensor.Zeros([64, 8], DType.Int64, device),
            Tensor.Randn([8, 8], device: device, generator: generator),
            Tensor.Randn([8], device: device, generator: generator),
        ];
        Run();
        x.Grad!.End();
        x.Grad = null;
        long before = device.MemoryStatistics.LiveBytes;

        Run();

        x.Grad!.End();
        device.MemoryStatistics.LiveBytes.Should().Be(before, "result and gradient were ended, and nothing else was left");
        GC.KeepAlive(x);
        GC.KeepAlive(arguments);

        void Run()
        {
            Tensor y = s_composed[name](x, arguments);
            y.Backward(Tensor.Ones([], device: device).Expand(y.Shape));
            y.End();
        }
    }

    [Fact]
    public void Backward_Temporaries_ReturnAtOnce()
    {
        Device device = Device.CreateCpu(new() { Threads = 1 });
        Tensor x = Tensor.Full([10000], 0.5, device: device).RequireGrad();
        Tensor y = x;
        for (int i = 0; i < 30; i++)
            y = y.Tanh();
        Tensor loss = y.Sum();
        long before = device.MemoryStatistics.LiveBytes;

        loss.Backward();

        // The gradient itself is all that is left, whatever the depth.
        device.MemoryStatistics.LiveBytes.Should().BeLessThanOrEqualTo(before + 10000 * 4 * 5 / 4 + 64);
        GC.KeepAlive(loss);
        GC.KeepAlive(x);
    }

    private static (Tensor X, Tensor Target, Tensor[] Parameters) Problem(Device device)
    {
        RandomGenerator generator = new(3);
        Tensor[] parameters =
        [
            Tensor.Randn([64, 48], device: device, generator: generator).RequireGrad(),
            Tensor.Randn([64], device: device, generator: generator).RequireGrad(),
            Tensor.Randn([32, 64], device: device, generator: generator).RequireGrad(),
        ];
        return (Tensor.Randn([256, 48], device: device, generator: generator), Tensor.Randn([256, 32], device: device, generator: generator), parameters);
    }

    private static void ScopedStep(Tensor x, Tensor target, Tensor[] parameters)
    {
        using TensorScope scope = new();
        Step(x, target, parameters);
    }

    private static void Step(Tensor x, Tensor target, Tensor[] parameters)
    {
        Tensor error = x.Linear(parameters[0], parameters[1]).Tanh().Linear(parameters[2]) - target;
        (error * error).Mean().Backward();
        using Autograd.Mode noGrad = Autograd.NoGrad();
        foreach (Tensor parameter in parameters)
        {
            using (new TensorScope())
                parameter.CopyFrom(parameter - parameter.Grad! * 1e-3);
            parameter.Grad!.Fill(0);
        }
    }
}
