using TorchSharp;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>Compares products of square matrices with libtorch's. Both sides must agree on the numbers before they are timed.</summary>
internal static class CompareCommand
{
    private const float Tolerance = 1e-4f;

    private static readonly int[] s_sizes = [64, 256, 512, 1024];

    public static int Run()
    {
        int[] threadCounts = Environment.ProcessorCount == 1 ? [1] : [1, Environment.ProcessorCount];
        foreach (int threads in threadCounts)
        {
            torch.set_num_threads(threads);
            var device = Device.CreateCpu(new CpuOptions { Threads = threads });
            foreach (int size in s_sizes)
                Compare(device, threads, size);
        }
        return 0;
    }

    private static void Compare(Device device, int threads, int size)
    {
        float[] left = Values(size, seed: 1), right = Values(size, seed: 2);
        Tensor a = Tensor.From(left, new Shape(size, size), device), b = Tensor.From(right, new Shape(size, size), device);
        using torch.Tensor p = torch.tensor(left).reshape(size, size), q = torch.tensor(right).reshape(size, size);
        RequireEqual(a.MatMul(b).ToArray<float>(), p.matmul(q).data<float>().ToArray());

        Interleaved.Result result = Interleaved.Measure(() => a.MatMul(b), () => p.matmul(q).Dispose());
        double operations = 2e-9 * size * size * size;
        Console.WriteLine(
            $"matrix product {size,5}³, {threads} thread(s): {operations / result.Ours,7:F1} GFLOP/s, "
            + $"libtorch {operations / result.Theirs,7:F1}: {result.Ratio:F2} times as fast");
    }

    private static float[] Values(int size, int seed)
    {
        Random random = new(seed);
        float[] values = new float[size * size];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.NextSingle() - 0.5f;
        return values;
    }

    private static void RequireEqual(float[] ours, float[] theirs)
    {
        for (int i = 0; i < ours.Length; i++)
        {
            if (!(Math.Abs(ours[i] - theirs[i]) <= Tolerance))
                throw new InvalidOperationException($"compare: element {i} is {ours[i]} here and {theirs[i]} in libtorch. Find out which is wrong first.");
        }
    }
}
