using System.Runtime.InteropServices;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;

namespace NeuralNet.Benchmarks;

/// <summary>Compares matrix products with the multiply-add rate of as many cores, each at its best.</summary>
internal static class PeakCommand
{
    private const double Giga = 1e9;
    private static readonly int[] s_sizes = [512, 1024];

    public static int Run()
    {
        int[] threadCounts = Environment.ProcessorCount == 1 ? [1] : [1, 2];
        foreach (int threads in threadCounts)
        {
            double peak = RegisterPeak.Measure(threads) / Giga;
            Console.WriteLine($"registers only, {RegisterPeak.Bits} bits, {threads} thread(s) {peak,14:F1} GFLOP/s");
            for (InstructionSet set = CpuOptions.WidestInstructionSet; set > InstructionSet.Scalar; set--)
            {
                foreach (int size in s_sizes)
                {
                    double product = MeasureProduct(set, threads, size);
                    Console.WriteLine(
                        $"matrix product {size,5}³, {threads} thread(s), {set,-9} {product,8:F1} GFLOP/s, {product / peak:P0} of it");
                }
            }
        }
        return 0;
    }

    private static double MeasureProduct(InstructionSet set, int threads, int size)
    {
        CpuBackend backend = new(new CpuOptions { Threads = threads, InstructionSet = set });
        var layout = Layout.Contiguous(new Shape(size, size));
        View<float> a = Filled(backend, layout, 0.5f), b = Filled(backend, layout, 0.25f), c = Filled(backend, layout, 0f);
        double seconds = Timing.BestSeconds(() => backend.MatMul(a, b, c, default));
        return 2.0 * size * size * size / seconds / Giga;
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
