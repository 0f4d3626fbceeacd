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

    private static readonly string[] s_scenarios = ["steps", "mlp", "forward"];

    public static int Run(string[] arguments) => arguments switch
    {
        [] => s_scenarios.Max(RunInOwnProcess),
        ["steps"] => Report($"XOR, {XorSteps} steps", RunXor()),
        ["mlp"] => Report($"784-512-512-10, batch {ImageBatch}, {ImageSteps} steps", RunImages()),
        ["forward"] => Report($"784-512-512-10, batches of 1 to {LargestBatch}, {ForwardPasses} forward passes", RunForward()),
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
