using System.Globalization;
using NeuralNet;
using NeuralNet.Samples;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Arguments arguments = new(args, "--device", "--output", "--quick");
if (GpuDevice.All.Count == 0 && !arguments.Has("--device"))
{
    Console.WriteLine("This sample compares the processor with a GPU, and there is none that can be used here:");
    Console.WriteLine(GpuDevice.Explain());
    return;
}
Device gpu = GpuDevice.Named(arguments.Text("--device") ?? "gpu");
int[] widths = arguments.Has("--quick") ? [16, 64] : [16, 64, 256, 512, 1024, 2048];
int steps = arguments.Has("--quick") ? 5 : 30;

string description = (gpu as GpuDevice)?.Description ?? "the processor";
Console.WriteLine($"A training step of a network 784-w-w-10 on 128 examples, on the processor and on {gpu} ({description}).");
Console.WriteLine();
Console.WriteLine("    w   processor, ms   device, ms   ratio");
List<Measurement> measurements = [];
foreach (int width in widths)
{
    Measurement measurement = new(width, TrainingStep.Milliseconds(Device.Cpu, width, steps), TrainingStep.Milliseconds(gpu, width, steps));
    measurements.Add(measurement);
    Console.WriteLine($"{width,5}{measurement.Cpu,16:0.00}{measurement.Gpu,13:0.00}{measurement.Cpu / measurement.Gpu,8:0.00}");
}

string path = arguments.Text("--output") ?? Path.Combine(Path.GetTempPath(), "cpu-versus-gpu.png");
Chart.Save(measurements, gpu.Name, path);
Console.WriteLine();
Console.WriteLine($"A ratio above 1: the device is faster. The curves are in {path}.");
