using System.Diagnostics;

namespace NeuralNet.Benchmarks;

/// <summary>Watches the resident set over long runs that use no scope, free nothing and leave gradients on.</summary>
internal static class MemoryCommand
{
    private const int XorSteps = 100_000;
    private const int ImageSteps = 2_000;
    private const int ImageBatch = 128;
    private const int ForwardPasses = 2_000;
    private const int LargestBatch = 256;

    private const int LeNetSteps = 1_000;

    private static readonly string[] s_scenarios = ["steps", "mlp", "forward", "lenet"];

    public static int Run(string[] arguments) => arguments switch
    {
        [] => s_scenarios.Max(RunInOwnProcess),
        ["steps"] => Report($"XOR, {XorSteps} steps", RunXor()),
        ["mlp"] => Report($"784-512-512-10, batch {ImageBatch}, {ImageSteps} steps", RunImages()),
        ["forward"] => Report($"784-512-512-10, batches of 1 to {LargestBatch}, {ForwardPasses} forward passes", RunForward()),
        ["lenet"] => RunLeNet(),
        _ => throw new ArgumentException($"memory: {string.Join(' ', arguments)} is no scenario. Name one of {string.Join(", ", s_scenarios)}, or none for all."),
    };

    private static ResidentSet RunXor()
    {
        ResidentSet memory = new(XorSteps);
        XorTraining training = new();
        for (int step = 0; step < XorSteps; step++)
        {
            training.Step();
            memory.Visit(step);
        }
        return memory;
    }

    private static ResidentSet RunImages()
    {
        ResidentSet memory = new(ImageSteps);
        ImageTraining training = new();
        for (int step = 0; step < ImageSteps; step++)
        {
            training.Step(training.Images(ImageBatch), training.Labels(ImageBatch));
            memory.Visit(step);
        }
        return memory;
    }

    private static ResidentSet RunForward()
    {
        ResidentSet memory = new(ForwardPasses);
        ImageTraining training = new();
        Random batches = new(Seed: 1);
        for (int pass = 0; pass < ForwardPasses; pass++)
        {
            training.Forward(training.Images(batches.Next(1, LargestBatch + 1)));
            memory.Visit(pass);
        }
        return memory;
    }

    /// <summary>Counts what the collector has to do while LeNet is trained.</summary>
    private static int RunLeNet()
    {
        ImageModel lenet = ImageModel.LeNet;
        Layer model = lenet.Create(Device.Cpu);
        Sgd optimizer = new(model.Parameters(), learningRate: 0.01);
        CrossEntropy loss = new();
        RandomGenerator generator = new(seed: 1);
        Tensor x = Tensor.Randn(lenet.InputShape, generator: generator);
        Tensor y = Tensor.RandInt(0, ImageModel.Classes, [lenet.Batch], generator: generator);
        Run(LeNetSteps / 10);
        (long bytes, int oldest) = (GC.GetTotalAllocatedBytes(precise: true), GC.CollectionCount(2));
        Run(LeNetSteps);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        Console.WriteLine($"LeNet, batch {lenet.Batch}, {LeNetSteps} steps: {(double)bytes / LeNetSteps:F0} managed bytes a step, "
            + $"{GC.CollectionCount(2) - oldest} collections of generation 2");
        return 0;

        void Run(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                optimizer.ZeroGrad();
                loss.Forward(model.Forward(x), y).Backward();
                optimizer.Step();
            }
        }
    }

    private static int Report(string scenario, ResidentSet memory)
    {
        Console.WriteLine($"{scenario}: {memory}");
        return 0;
    }

    /// <summary>A process of its own, so that one scenario's peak is not another's.</summary>
    private static int RunInOwnProcess(string scenario)
    {
        using var process = Process.Start(Environment.ProcessPath!, ["memory", scenario]);
        process.WaitForExit();
        return process.ExitCode;
    }
}
