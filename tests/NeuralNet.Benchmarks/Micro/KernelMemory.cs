using System.Runtime.InteropServices;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;

namespace NeuralNet.Benchmarks;

/// <summary>Operands of single kernels.</summary>
internal static class KernelMemory
{
    public static CpuBackend Backend(InstructionSet set, int threads) => new(new CpuOptions { Threads = threads, InstructionSet = set });

    /// <summary>Makes a dense operand of numbers in [low, high).</summary>
    public static View<float> Make(CpuBackend backend, Shape shape, float low = 0.5f, float high = 1.5f)
    {
        Random random = new(Seed: 1);
        float[] values = new float[shape.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = low + (high - low) * random.NextSingle();
        View<float> view = new(backend.Allocate(shape.Length * sizeof(float)), Layout.Contiguous(shape));
        backend.Upload(MemoryMarshal.AsBytes(values.AsSpan()), view.Storage, 0);
        return view;
    }
}
