namespace NeuralNet.Gpu.Check;

/// <summary>Trains the same networks on the processor and on a device.</summary>
internal static class Agreement
{
    /// <summary>How far a loss may be from the processor's, as a part of it: rounding grows from step to step.</summary>
    private const double LargestDifference = 1e-2;

    /// <returns>How many networks do not agree.</returns>
    public static int Run(GpuDevice device, int steps, TextWriter output)
    {
        int failed = 0;
        foreach ((string name, Func<Device, TrainingRun> create) in TrainingRun.Networks(batch: 64))
        {
            TrainingRun expected = create(Device.Cpu);
            TrainingRun actual = create(device);
            double early = 0;
            double worst = 0;
            for (int step = 0; step < steps; step++)
            {
                double loss = expected.Step();
                double difference = Math.Abs(actual.Step() - loss) / loss;
                worst = Math.Max(worst, difference);
                if (step < 20)
                    early = Math.Max(early, difference);
            }
            bool agrees = worst < LargestDifference;
            failed += agrees ? 0 : 1;
            output.WriteLine($"{(agrees ? "agrees" : "FAILED")} {name}: losses within {early:0.0e+0} over 20 steps, {worst:0.0e+0} over {steps}");
            bool repeats = IsTheSameCaptured(device, create, Math.Min(steps, 10));
            failed += repeats ? 0 : 1;
            output.WriteLine($"{(repeats ? "agrees" : "FAILED")} {name}: losses of a captured step");
        }
        return failed;
    }

    /// <summary>Whether a captured step gives the same losses as the loop, to the bit.</summary>
    private static bool IsTheSameCaptured(GpuDevice device, Func<Device, TrainingRun> create, int steps)
    {
        TrainingRun loop = create(device);
        TrainingRun captured = create(device);
        // Once as it is, so that what is made at first is there.
        bool isTheSame = loop.Step() == captured.Step();
        Tensor? loss = null;
        using CapturedStep step = device.Capture(() => loss = captured.Run());
        isTheSame &= loop.Step() == loss!.Item<float>();
        for (int i = 2; i < steps; i++)
        {
            step.Replay();
            isTheSame &= loop.Step() == loss.Item<float>();
        }
        return isTheSame;
    }
}
