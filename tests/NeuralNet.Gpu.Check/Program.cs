using System.Globalization;
using NeuralNet;
using NeuralNet.Gpu.Check;

// What a machine with a GPU is asked for: it needs neither .NET nor the network. docs/gpu.md gives the command that makes the archive.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] parts = ["devices", "conformance", "training", "benchmark"];
string[] unknown = [.. args.Where(arg => !parts.Contains(arg) && !arg.StartsWith("--device=", StringComparison.Ordinal) && arg != "--quick")];
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"{unknown[0]}: no such part. There are: {string.Join(", ", parts)}, --device=NAME, --quick.");
    return 2;
}
bool Wants(string part) => !args.Any(parts.Contains) || args.Contains(part);
bool isQuick = args.Contains("--quick");

Console.WriteLine(GpuDevice.Explain());
if (GpuDevice.All.Count == 0)
    return 1;
string? name = args.FirstOrDefault(arg => arg.StartsWith("--device=", StringComparison.Ordinal))?["--device=".Length..];
if (GpuDevice.Named(name ?? "gpu") is not GpuDevice device)
{
    Console.Error.WriteLine("The processor is what the device is compared with. Give another.");
    return 2;
}
Console.WriteLine($"Used: {device}, {device.Description}, {device.MemoryBytes >> 20} MiB");

int failed = 0;
if (Wants("conformance"))
    failed += Conformance.Run(device, Console.Out);
if (Wants("training"))
    failed += Agreement.Run(device, isQuick ? 5 : 50, Console.Out);
if (Wants("benchmark"))
    Benchmark.Run(device, isQuick, Console.Out);
if (Wants("conformance") || Wants("training"))
    Console.WriteLine(failed == 0 ? "All agree." : $"{failed} differ.");
return failed == 0 ? 0 : 1;
