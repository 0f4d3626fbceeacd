namespace NeuralNet.Tests;

/// <summary>Runs alone: collections of generation 2 are counted for the whole process.</summary>
[CollectionDefinition(nameof(TrainingMemoryTests), DisableParallelization = true)]
[Collection(nameof(TrainingMemoryTests))]
public sealed class TrainingMemoryTests
{
    private const int Batch = 128;

    /// <summary>Long enough for the pool to learn how dear a collection is in a process as large as this one.</summary>
    private const int WarmUp = 100;

    /// <summary>A loop that takes memory in each of so many times is not in a steady state.</summary>
    private const int Attempts = 3;

    [Theory]
    [InlineData(nameof(Sgd), 1, 1000)]
    [InlineData(nameof(Adam), 2, 1000)]
    public void Loop_PlainTrainingInSteadyState_TakesNoMemoryAndNoOldCollection(string optimizerName, int threads, int steps)
    {
        Device device = Device.CreateCpu(new() { Threads = threads });
        RandomGenerator generator = new(1);
        Sequential model = new(
            new Dense(784, 512, activation: new ReLU(), generator: generator),
            new Dropout(0.2, generator),
            new Dense(512, 512, activation: new ReLU(), generator: generator),
            new Dense(512, 10, generator: generator));
        model.To(device);
        Optimizer optimizer = optimizerName == nameof(Sgd)
            ? new Sgd(model.Parameters(), learningRate: 0.01, momentum: 0.9)
            : new Adam(model.Parameters());
        Tensor x = Tensor.Randn([Batch, 784], generator: generator).To(device);
        Tensor y = Tensor.RandInt(0, 10, [Batch], generator: generator).To(device);
        CrossEntropy loss = new();
        // What other tests left behind would make every collection dear.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        for (int i = 0; i < WarmUp; i++)
            Step();

        (long Bytes, long Allocations, int Collections) taken = TakenBySteps();
        // A machine that is busy with something else makes a collection dear, and the pool then prefers a little more memory to it.
        for (int attempt = 1; taken != default && attempt < Attempts; attempt++)
            taken = TakenBySteps();

        taken.Should().Be((0, 0, 0));

        (long Bytes, long Allocations, int Collections) TakenBySteps()
        {
            MemoryStatistics before = device.MemoryStatistics;
            int collections = GC.CollectionCount(2);
            for (int i = 0; i < steps; i++)
                Step();
            MemoryStatistics after = device.MemoryStatistics;
            return (after.AllocatedBytes - before.AllocatedBytes, after.Allocations - before.Allocations, GC.CollectionCount(2) - collections);
        }

        void Step()
        {
            optimizer.ZeroGrad();
            loss.Forward(model.Forward(x), y).Backward();
            optimizer.Step();
        }
    }

    [Fact]
    public void Step_OfAPlainLoop_LeavesLittleManagedGarbage()
    {
        const int steps = 100, mostBytes = 12 << 10;
        Device device = Device.CreateCpu(new() { Threads = 1 });
        RandomGenerator generator = new(1);
        Sequential model = new(
            new Dense(784, 512, activation: new ReLU(), generator: generator),
            new Dense(512, 512, activation: new ReLU(), generator: generator),
            new Dense(512, 10, generator: generator));
        model.To(device);
        Adam optimizer = new(model.Parameters());
        Tensor x = Tensor.Randn([Batch, 784], generator: generator).To(device);
        Tensor y = Tensor.RandInt(0, 10, [Batch], generator: generator).To(device);
        CrossEntropy loss = new();
        long before = 0;
        for (int i = -10; i < steps; i++)
        {
            if (i == 0)
                before = GC.GetAllocatedBytesForCurrentThread();
            optimizer.ZeroGrad();
            loss.Forward(model.Forward(x), y).Backward();
            optimizer.Step();
        }
        ((GC.GetAllocatedBytesForCurrentThread() - before) / steps).Should().BeInRange(1, mostBytes);
    }
}
