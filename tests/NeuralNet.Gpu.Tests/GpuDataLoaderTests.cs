namespace NeuralNet.Gpu.Tests;

/// <summary>Batches that are made and sent to a GPU in the background.</summary>
public sealed class GpuDataLoaderTests
{
    [GpuFact]
    public void Batches_OnAGpu_AreThoseOfTheProcessor()
    {
        TensorDataset data = new(Tensor.Randn([23, 5], generator: new(1)), Tensor.Arange(23));
        float[][] expected = [.. new DataLoader(data, 4, shuffle: true, generator: new(7)).Select(batch => batch.Inputs.ToArray<float>())];
        DataLoader loader = new(data, 4, shuffle: true, generator: new(7), device: TestedDevice.Device);
        List<float[]> actual = [];
        foreach ((Tensor x, Tensor y) in loader)
        {
            using TensorScope scope = new();
            x.Device.Should().BeSameAs(TestedDevice.Device);
            y.Device.Should().BeSameAs(TestedDevice.Device);
            actual.Add((x * 1).ToArray<float>());
        }
        actual.Should().HaveCount(expected.Length);
        actual.Zip(expected).Should().OnlyContain(pair => pair.First.SequenceEqual(pair.Second));
    }

    [GpuFact]
    public void Draws_OfTheDataSet_DependOnTheGeneratorAlone()
    {
        float[][] Epoch(Device device)
        {
            RandomGenerator generator = new(3);
            using IDisposable use = RandomGenerator.Use(generator);
            float[][] batches = [.. new DataLoader(new Noise(10), 4, device: device).Select(batch => batch.Inputs.ToArray<float>())];
            generator.Position.Should().Be(device.Name == "cpu" ? 30ul : 0ul, "what runs beside the program takes nothing from its stream");
            return batches;
        }
        float[][] first = Epoch(TestedDevice.Device);
        Epoch(TestedDevice.Device).Should().BeEquivalentTo(first, options => options.WithStrictOrdering());
        first[0][0].Should().NotBe(first[1][0]);
        DataLoader loader = new(new Noise(10), 4, generator: new(3), device: TestedDevice.Device);
        loader.First().Inputs.ToArray<float>().Should().NotEqual(loader.First().Inputs.ToArray<float>(), "epochs have draws of their own");
        Epoch(Device.Cpu).Should().HaveCount(3);
    }

    [GpuFact]
    public void Error_OfTheDataSet_ReachesTheLoop()
    {
        DataLoader loader = new(new Noise(10, failsFrom: 8), 4, device: TestedDevice.Device);
        int count = 0;
        Action loop = () =>
        {
            foreach (Batch batch in loader)
                count++;
        };
        loop.Should().Throw<InvalidDataException>().WithMessage("example 8");
        count.Should().Be(2);
        loader.First().Count.Should().Be(4, "who stops early meets no error of later batches");
    }

    [GpuFact]
    public void Loop_ThatEndsEarly_LeavesNothingRunning()
    {
        Noise data = new(1000, isSlow: true);
        foreach (Batch batch in new DataLoader(data, 4, device: TestedDevice.Device))
            break;
        data.IsRunning.Should().BeFalse();
        data.Calls.Should().BeLessThanOrEqualTo(2);
    }

    [GpuFact]
    public void Epoch_OfNothing_HasNoBatches() =>
        new DataLoader(new Noise(0), 4, device: TestedDevice.Device).Should().BeEmpty();

    /// <summary>Random examples, drawn when they are asked for.</summary>
    private sealed class Noise(long count, long failsFrom = long.MaxValue, bool isSlow = false) : Dataset
    {
        private volatile bool _isRunning;

        public int Calls { get; private set; }

        public bool IsRunning => _isRunning;

        public override long Count => count;

        public override Batch GetBatch(ReadOnlySpan<long> indices)
        {
            Calls++;
            _isRunning = true;
            if (isSlow)
                Thread.Sleep(100);
            foreach (long index in indices)
            {
                if (index >= failsFrom)
                    throw new InvalidDataException($"example {index}");
            }
            Batch batch = new(Tensor.Rand([indices.Length, 6]));
            _isRunning = false;
            return batch;
        }
    }
}
