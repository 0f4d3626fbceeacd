using BenchmarkDotNet.Attributes;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;

namespace NeuralNet.Benchmarks;

/// <summary>Matrix products without tensors around them.</summary>
public class MatMulKernels
{
    private CpuBackend _backend = null!;
    private View<float> _a;
    private View<float> _b;
    private View<float> _c;

    [Params(64, 256, 512)]
    public int Size { get; set; }

    [Params(InstructionSet.Vector128, InstructionSet.Avx2, InstructionSet.Avx512)]
    public InstructionSet Set { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _backend = KernelMemory.Backend(Set, threads: 1);
        _a = KernelMemory.Make(_backend, [Size, Size]);
        _b = KernelMemory.Make(_backend, [Size, Size]);
        _c = KernelMemory.Make(_backend, [Size, Size]);
    }

    [Benchmark]
    public void MatMul() => _backend.MatMul(_a, _b, _c, default);
}
