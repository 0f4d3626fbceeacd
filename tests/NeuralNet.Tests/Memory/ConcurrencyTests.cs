namespace NeuralNet.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public void Allocation_FourThreads_NeverSeeEachOthersData()
    {
        Device device = Device.CreateCpu(new() { Threads = 1 });
        int wrong = 0;

        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            Random random = new(thread);
            for (int i = 0; i < 300; i++)
            {
                using TensorScope? scope = i % 3 == 0 ? new TensorScope() : null;
                Tensor x = Tensor.Full([300 + random.Next(3000)], thread, device: device);
                Tensor y = x * 2 + x;
                if (y.ToArray<float>().Any(value => value != 3 * thread))
                    Interlocked.Increment(ref wrong);
            }
        });

        wrong.Should().Be(0);
    }

    [Fact]
    public void Backward_FourThreadsOnOneLeaf_AddsAllGradients()
    {
        Tensor w = Tensor.Full([500], 2).RequireGrad();

        Parallel.For(0, 4, _ =>
        {
            for (int i = 0; i < 25; i++)
                (w * w).Sum().Backward();
        });

        w.Grad!.ToArray<float>().Should().OnlyContain(value => value == 400);
    }

    [Fact]
    public void Forward_FourThreadsOnOneTensor_AgreeInBits()
    {
        Tensor x = Tensor.Randn([64, 64], generator: new RandomGenerator(5));
        float[] expected = x.MatMul(x).Softmax(1).ToArray<float>();
        bool[] agree = new bool[4];

        Parallel.For(0, 4, thread => agree[thread] = x.MatMul(x).Softmax(1).ToArray<float>().AsSpan().SequenceEqual(expected));

        agree.Should().OnlyContain(value => value);
    }
}
