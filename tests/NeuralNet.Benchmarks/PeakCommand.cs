using System.Runtime.InteropServices;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;

namespace NeuralNet.Benchmarks;

/// <summary>Compares a matrix product on one thread with the multiply-add rate of the core, each at its best.</summary>
internal static class PeakCommand
{
    private const int Size = 512;
    private const double Giga = 1e9;

    public static int Run()
    {
        double peak = RegisterPeak.MeasureSingle() / Giga;
        Console.WriteLine($"registers only, {RegisterPeak.Bits} bits, one core {peak,14:F1} GFLOP/s");
        for (InstructionSet set = CpuOptions.WidestInstructionSet; set > InstructionSet.Scalar; set--)
        {
            double product = MeasureProduct(set);
            Console.WriteLine($"matrix product {Size}³, one thread, {set,-9} {product,8:F1} GFLOP/s, {product / peak:P0} of it");
        }
        return 0;
    }

    private static double MeasureProduct(InstructionSet set)
    {
        CpuBackend backend = new(new CpuOptions { Threads = 1, InstructionSet = set });
        var layout = Layout.Contiguous(new Shape(Size, Size));
        View<float> a = Filled(backend, layout, 0.5f), b = Filled(backend, layout, 0.25f), c = Filled(backend, layout, 0f);
        double seconds = Timing.BestSeconds(() => backend.MatMul(a, b, c, default));
        return 2.0 * Size * Size * Size / seconds / Giga;
    }

    private static View<float> Filled(CpuBackend backend, Layout layout, float value)
    {
        View<float> view = new(backend.Allocate(layout.Length * sizeof(float)), layout);
        float[] values = new float[layout.Length];
        Array.Fill(values, value);
        backend.Upload(MemoryMarshal.AsBytes(values.AsSpan()), view.Storage, 0);
        return view;
    }
}
