using TorchSharp;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>Runs suites beside libtorch in this process; fails if one case computes something else than libtorch.</summary>
internal static class CompareCommand
{
    public static int Run(string[] arguments)
    {
        var options = CompareOptions.Parse(arguments);
        torch.set_num_threads(options.Threads);
        torch.set_num_interop_threads(1);
        var device = Device.CreateCpu(new CpuOptions { Threads = options.Threads });
        Report report = new(options.Threads);
        bool isEqual = true;
        foreach ((string suite, IEnumerable<Case> cases) in Suites.Find(options.Suite))
        {
            foreach (Case one in cases.Where(one => one.Name.Contains(options.Filter, StringComparison.OrdinalIgnoreCase)))
                isEqual &= Run(suite, one, device, options.Rounds, report);
        }
        report.WriteMeans(Console.Out);
        if (options.Json is not null)
            report.Save(options.Json);
        return isEqual ? 0 : 1;
    }

    private static bool Run(string suite, Case one, Device device, int rounds, Report report)
    {
        using Comparison comparison = one.Create(device);
        using IDisposable? theirMode = comparison.RecordsGradients ? null : torch.no_grad();
        using Autograd.Mode ourMode = comparison.RecordsGradients ? Autograd.EnableGrad() : Autograd.NoGrad();
        try
        {
            comparison.Verify(one.Name);
        }
        catch (ValuesDifferException difference)
        {
            Console.WriteLine($"{one.Name} DIFFERS {difference.Message}");
            return false;
        }
        if (report.IsEmpty)
            Interleaved.StartUp(comparison);
        Measurement measurement = Interleaved.Measure(one.Name, comparison, rounds);
        Console.WriteLine(measurement);
        report.Add(measurement, suite == Suites.Quick ? [suite] : [.. one.Groups, suite]);
        return true;
    }
}
