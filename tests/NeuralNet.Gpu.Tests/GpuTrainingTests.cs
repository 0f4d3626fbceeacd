namespace NeuralNet.Gpu.Tests;

/// <summary>Whole trainings on a GPU beside the processor.</summary>
public sealed class GpuTrainingTests
{
    private const int Batch = 16;

    [GpuTheory]
    [InlineData(nameof(Sgd))]
    [InlineData(nameof(Adam))]
    public void Losses_OfAConvolutionalNetwork_AreThoseOfTheProcessor(string optimizer)
    {
        double[] expected = Train(Device.Cpu, optimizer, steps: 20);
        double[] actual = Train(TestedDevice.Device, optimizer, steps: 20);
        actual[^1].Should().BeLessThan(0.9 * actual[0], "it learns");
        for (int step = 0; step < expected.Length; step++)
            actual[step].Should().BeApproximately(expected[step], 1e-4 * expected[step], $"step {step}");
    }

    [GpuFact]
    public void Weights_OfTwoTrainings_AreTheSameToTheBit() =>
        Train(TestedDevice.Device, nameof(Adam), steps: 5).Should().Equal(Train(TestedDevice.Device, nameof(Adam), steps: 5));

    [GpuFact]
    public void Memory_InTheSteadyState_StaysAsItIs()
    {
        using GpuDevice device = TestedDevice.Device.OpenAgain("memory");
        Training training = new(device, nameof(Adam));
        for (int step = 0; step < 20; step++)
            StepInAScope(training);
        MemoryStatistics before = device.MemoryStatistics;
        for (int step = 0; step < 200; step++)
            StepInAScope(training);
        MemoryStatistics after = device.MemoryStatistics;
        after.AllocatedBytes.Should().Be(before.AllocatedBytes, "no step takes fresh memory");
        after.LiveBytes.Should().Be(before.LiveBytes, "no step leaves anything");
    }

    [GpuFact]
    public void Memory_WithoutScopes_IsBounded()
    {
        using GpuDevice device = TestedDevice.Device.OpenAgain("memory");
        Training training = new(device, nameof(Adam));
        for (int step = 0; step < 50; step++)
            training.Step();
        long before = device.MemoryStatistics.AllocatedBytes;
        for (int step = 0; step < 300; step++)
            training.Step();
        device.MemoryStatistics.AllocatedBytes.Should().BeLessThan(2 * before, "the collector finds what the loop drops");
    }

    [GpuFact]
    public void Model_SavedOnAGpu_IsTheSameOnTheProcessor()
    {
        Dense dense = new(8, 3, generator: new(1));
        dense.To(TestedDevice.Device);
        Dense copy = new(8, 3, generator: new(2));
        copy.LoadStateDict(dense.StateDict());
        copy.Weight.Value.Device.Should().BeSameAs(Device.Cpu);
        copy.Weight.Value.ToArray<float>().Should().Equal(dense.Weight.Value.ToArray<float>());
    }

    private static void StepInAScope(Training training)
    {
        using TensorScope scope = new();
        training.Step();
    }

    private static double[] Train(Device device, string optimizer, int steps)
    {
        Training training = new(device, optimizer);
        return [.. Enumerable.Range(0, steps).Select(_ => training.Step())];
    }

    /// <summary>A small network of all usual layers that learns one batch.</summary>
    private sealed class Training
    {
        private readonly Sequential _model;
        private readonly Optimizer _optimizer;
        private readonly Tensor _x;
        private readonly Tensor _labels;

        public Training(Device device, string optimizer)
        {
            RandomGenerator generator = new(1);
            _model = new(
                new Conv2D(1, 8, kernelSize: 3, padding: 1, generator: generator),
                new BatchNorm2D(8),
                new ReLU(),
                new MaxPool2D(2),
                new Conv2D(8, 16, kernelSize: 3, padding: 1, generator: generator),
                new ReLU(),
                new AvgPool2D(2),
                new Flatten(),
                new Dropout(0.2, generator),
                new Dense(64, 10, generator: generator));
            _model.To(device);
            _optimizer = optimizer == nameof(Sgd)
                ? new Sgd(_model.Parameters(), learningRate: 0.05, momentum: 0.9)
                : new Adam(_model.Parameters(), learningRate: 2e-3);
            _x = Tensor.Randn([Batch, 1, 8, 8], generator: generator).To(device);
            _labels = Tensor.RandInt(0, 10, [Batch], generator: generator).To(device);
        }

        public double Step()
        {
            _optimizer.ZeroGrad();
            Tensor loss = new CrossEntropy().Forward(_model.Forward(_x), _labels);
            loss.Backward();
            _optimizer.Step();
            return loss.Item<float>();
        }
    }
}
