using System.Diagnostics;
using NeuralNet.Benchmarks;

namespace NeuralNet.Gpu.Check;

/// <summary>Times what users wait for, and puts PyTorch's times beside ours where python3 has torch.</summary>
internal static class Benchmark
{
    private const string Script = "torch_benchmark.py";

    public static void Run(GpuDevice device, bool isQuick, TextWriter output)
    {
        long side = isQuick ? 512 : 4096;
        long elements = isQuick ? 1 << 20 : 64 << 20;
        long parameters = isQuick ? 100_000 : 10_000_000;
        long[] batches = isQuick ? [16] : [128, 4096];
        int repetitions = isQuick ? 3 : 20;
        Dictionary<string, double> torch = RunTorch(side, elements, parameters, batches, repetitions);

        output.WriteLine("case                                  ours, ms   torch, ms   ratio   torch by default, ms");
        Tensor a = Tensor.Randn([side, side], generator: new(1)).To(device);
        Row($"matmul {side}", () => a.MatMul(a));
        if (device.Gpu.HasLibrary)
        {
            device.Precision = Precision.TensorCores;
            Row($"matmul {side} tf32", () => a.MatMul(a));
            device.Precision = Precision.Full;
            device.Gpu.UsesLibrary = false;
            Row($"matmul {side}", () => a.MatMul(a), "own kernels");
            device.Gpu.UsesLibrary = true;
        }
        Tensor x = Tensor.Randn([elements], generator: new(2)).To(device);
        Row($"copy {elements}", () => x.Clone());
        Row($"add {elements}", () => _ = x + x);
        Row($"exp {elements}", () => x.Exp());
        Row($"tanh {elements}", () => x.Tanh());
        Row($"sum {elements}", () => x.Sum());
        Tensor rows = x.Reshape(-1, 1024);
        Row($"softmax {elements}", () => rows.Softmax(1));
        Row($"sum rows {elements}", () => rows.Sum(1));
        Row($"sum columns {elements}", () => rows.Sum(0));
        Row($"transposed copy {elements}", () => rows.Transpose(0, 1).Contiguous());

        Parameter parameter = new(Tensor.Randn([parameters], generator: new(3)).To(device));
        Adam adam = new([parameter]);
        parameter.Grad = Tensor.Randn([parameters], generator: new(4)).To(device);
        Row($"adam {parameters}", () => adam.Step());

        foreach (long batch in batches)
        {
            TrainingRun mlp = TrainingRun.Mlp(device, batch);
            Steps($"mlp step {batch}", mlp);
            TrainingRun lenet = TrainingRun.OfImages(ImageModel.LeNet, device, batch);
            Steps($"lenet step {batch}", lenet);
        }
        TrainingRun resnet = TrainingRun.OfImages(ImageModel.ResNet, device, isQuick ? 2 : 256);
        Steps("resnet18 step", resnet);

        void Steps(string name, TrainingRun run)
        {
            Row(name, () => run.Run());
            using CapturedStep step = device.Capture(() => run.Run());
            Row(name, step.Replay, "captured");
        }

        void Row(string name, Action action, string? how = null)
        {
            double ours = Median(device, action, repetitions);
            string theirs = torch.TryGetValue(name, out double time) ? $"{time,12:0.000}{time / ours,8:0.00}" : $"{"-",12}{"-",8}";
            string byDefault = torch.TryGetValue($"{name} default", out double usual) ? $"{usual,23:0.000}" : $"{"-",23}";
            output.WriteLine($"{(how is null ? name : $"{name}, {how}"),-34}{ours,12:0.000}{theirs}{byDefault}");
        }
    }

    /// <summary>The median time of an action in milliseconds, after three that compile and fill the caches.</summary>
    private static double Median(GpuDevice device, Action action, int repetitions)
    {
        List<double> times = [];
        for (int i = -3; i < repetitions; i++)
        {
            device.Synchronize();
            long start = Stopwatch.GetTimestamp();
            using (new TensorScope())
                action();
            device.Synchronize();
            if (i >= 0)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        return times[times.Count / 2];
    }

    /// <summary>PyTorch's times by the names of cases; none where there is no PyTorch.</summary>
    private static Dictionary<string, double> RunTorch(long side, long elements, long parameters, long[] batches, int repetitions)
    {
        Dictionary<string, double> times = [];
        try
        {
            string script = Path.Combine(AppContext.BaseDirectory, Script);
            string arguments = $"\"{script}\" {side} {elements} {parameters} {repetitions} {string.Join(' ', batches)}";
            using var python = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true });
            while (python!.StandardOutput.ReadLine() is { } line)
            {
                int end = line.LastIndexOf(' ');
                if (end > 0 && double.TryParse(line[(end + 1)..], out double time))
                    times[line[..end]] = time;
                else
                    Console.WriteLine(line);
            }
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            Console.WriteLine($"No PyTorch to compare with: {exception.Message}");
        }
        return times;
    }
}
