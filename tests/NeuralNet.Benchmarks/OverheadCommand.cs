namespace NeuralNet.Benchmarks;

/// <summary>Times what is all overhead: an addition of eight numbers, and a training step of the smallest network.</summary>
internal static class OverheadCommand
{
    private const double Microsecond = 1e-6;

    public static int Run()
    {
        Tensor x = Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8]), y = Tensor.From([8f, 7, 6, 5, 4, 3, 2, 1]);
        XorTraining training = new();
        Report("x + y of 8 floats, no gradient", Timing.Measure(() => _ = x + y));
        Report("XOR 2-8-1, batch 4: forward, backward, Adam", Timing.Measure(training.Step));
        return 0;
    }

    private static void Report(string what, Timing.Result time) =>
        Console.WriteLine($"{what,-45}{time.Median / Microsecond,8:F3} µs (fastest {time.Fastest / Microsecond:F3} µs)");
}
