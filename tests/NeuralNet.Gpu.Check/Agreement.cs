namespace NeuralNet.Gpu.Check;

/// <summary>Trains the same networks on the processor and on a device.</summary>
internal static class Agreement
{
    /// <summary>How far a loss may be from the processor's, as a part of it: rounding grows from step to step.</summary>
    private const double LargestDifference = 1e-2;

    /// <returns>How many networks do not agree.</returns>
    public static int Run(Device device, int steps, TextWriter output)
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
        }
        return failed;
    }
}
