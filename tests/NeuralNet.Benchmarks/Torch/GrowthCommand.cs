using System.Diagnostics;
using TorchSharp;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>How far the peak of the resident set grows in the first 50 steps of training, each library in a process of its own.</summary>
internal static class GrowthCommand
{
    private const int Steps = 50;
    private const double Megabyte = 1e6;

    public static int Run(string[] arguments) => arguments switch
    {
        [] => Compare(),
        ["ours", string name] => Report(Grow(name, theirs: false)),
        ["torch", string name] => Report(Grow(name, theirs: true)),
        _ => throw new ArgumentException($"growth: {string.Join(' ', arguments)} is no scenario. Give nothing, or ours or torch and lenet or resnet18."),
    };

    private static int Compare()
    {
        foreach (string name in (string[])["lenet", "resnet18"])
        {
            double ours = InOwnProcess("ours", name), theirs = InOwnProcess("torch", name);
            Console.WriteLine($"growth/{name,-10} ours {ours / Megabyte,8:F1} MB   libtorch {theirs / Megabyte,8:F1} MB   share {ours / theirs:F2}");
        }
        return 0;
    }

    private static double InOwnProcess(string side, string name)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, ["growth", side, name]) { RedirectStandardOutput = true })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static int Report(long bytes)
    {
        Console.WriteLine(bytes);
        return 0;
    }

    private static long Grow(string name, bool theirs)
    {
        ImageNetwork network = new(name == "lenet" ? ImageModel.LeNet : ImageModel.ResNet);
        Layer model = network.CreateModel(Device.Cpu);
        if (theirs)
        {
            using TorchTraining training = new(network, model, OptimizerKind.Sgd, rate: 1e-3, channelsLast: false);
            return Growth(() =>
            {
                using DisposeScope scope = torch.NewDisposeScope();
                training.Step();
            });
        }
        Loss loss = network.CreateLoss();
        Optimizer optimizer = OptimizerKind.Sgd.Ours(model.Parameters(), 1e-3);
        Tensor x = Tensor.From(network.Inputs(), network.InputShape, Device.Cpu);
        Tensor y = network.Targets(Device.Cpu);
        return Growth(() =>
        {
            optimizer.ZeroGrad();
            loss.Forward(model.Forward(x), y).Backward();
            optimizer.Step();
        });
    }

    private static long Growth(Action step)
    {
        long before = Peak();
        for (int i = 0; i < Steps; i++)
            step();
        return Peak() - before;
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
