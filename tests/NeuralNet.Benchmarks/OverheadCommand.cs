namespace NeuralNet.Benchmarks;

/// <summary>Times what is all overhead: an addition of eight numbers, and a training step of the smallest network.</summary>
internal static class OverheadCommand
{
    private const double Nanosecond = 1e-9;
    private const double Microsecond = 1e-6;

    public static int Run()
    {
        Tensor x = Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8]), y = Tensor.From([8f, 7, 6, 5, 4, 3, 2, 1]);
        Console.WriteLine($"x + y of 8 floats, no gradient                     {Timing.MedianSeconds(() => x + y) / Nanosecond,8:F0} ns");
        XorTraining training = new();
        Console.WriteLine($"XOR 2-8-1, batch 4: forward, backward, Adam        {Timing.MedianSeconds(training.Step) / Microsecond,8:F2} µs");
        return 0;
    }
}
