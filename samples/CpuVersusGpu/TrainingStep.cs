using System.Diagnostics;

namespace NeuralNet.Samples;

/// <summary>Times the training of one network on one device.</summary>
internal static class TrainingStep
{
    private const int Inputs = 784;
    private const int Classes = 10;
    private const int Batch = 128;

    /// <summary>The median time of a step, after two that compile and fill the caches.</summary>
    public static double Milliseconds(Device device, int width, int steps)
    {
        RandomGenerator generator = new(1);
        Sequential model = new(
            new Dense(Inputs, width, generator: generator),
            new ReLU(),
            new Dense(width, width, generator: generator),
            new ReLU(),
            new Dense(width, Classes, generator: generator));
        model.To(device);
        Sgd optimizer = new(model.Parameters(), learningRate: 0.01);
        CrossEntropy loss = new();
        Tensor x = Tensor.Randn([Batch, Inputs], generator: generator).To(device);
        Tensor labels = Tensor.RandInt(0, Classes, [Batch], generator: generator).To(device);

        List<double> times = [];
        for (int step = -2; step < steps; step++)
        {
            long start = Stopwatch.GetTimestamp();
            optimizer.ZeroGrad();
            loss.Forward(model.Forward(x), labels).Backward();
            optimizer.Step();
            // Work on a device is queued.
            (device as GpuDevice)?.Synchronize();
            if (step >= 0)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        return times[times.Count / 2];
    }
}
