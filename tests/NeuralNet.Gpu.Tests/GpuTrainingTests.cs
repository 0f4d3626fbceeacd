namespace NeuralNet.Gpu.Tests;

/// <summary>Whole trainings on a GPU beside the processor.</summary>
public sealed class GpuTrainingTests
{
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
        SmallTraining training = new(nameof(Adam), device);
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
        SmallTraining training = new(nameof(Adam), device);
        for (int step = 0; step < 50; step++)
            StepAndRead(training);
        long before = device.MemoryStatistics.AllocatedBytes;
        for (int step = 0; step < 300; step++)
            StepAndRead(training);
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

    private static void StepInAScope(SmallTraining training)
    {
        using TensorScope scope = new();
        StepAndRead(training);
    }

    private static double[] Train(Device device, string optimizer, int steps)
    {
        SmallTraining training = new(optimizer, device);
        return [.. Enumerable.Range(0, steps).Select(_ => StepAndRead(training))];
    }

    private static double StepAndRead(SmallTraining training)
    {
        training.Step();
        return training.Loss;
    }
}
