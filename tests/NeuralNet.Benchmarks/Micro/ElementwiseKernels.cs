using BenchmarkDotNet.Attributes;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;

namespace NeuralNet.Benchmarks;

/// <summary>Functions of each element without tensors around them.</summary>
public class ElementwiseKernels
{
    private CpuBackend _backend = null!;
    private View<float> _a;
    private View<float> _b;
    private View<float> _y;

    [Params(1_000, 1_000_000)]
    public int Length { get; set; }

    [Params(InstructionSet.Vector128, InstructionSet.Avx2, InstructionSet.Avx512)]
    public InstructionSet Set { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _backend = KernelMemory.Backend(Set, threads: 1);
        _a = KernelMemory.Make(_backend, [Length]);
        _b = KernelMemory.Make(_backend, [Length]);
        _y = KernelMemory.Make(_backend, [Length]);
    }

    [Benchmark]
    public void Add() => _backend.Binary(new AddOp.Operator<float>(), _a, _b, _y);

    [Benchmark]
    public void Exp() => _backend.Unary(new ExpOp.Operator<float>(), _a, _y);

    [Benchmark]
    public void Log() => _backend.Unary(new LogOp.Operator<float>(), _a, _y);

    [Benchmark]
    public void Tanh() => _backend.Unary(new TanhOp.Operator<float>(), _a, _y);

    [Benchmark]
    public void Sigmoid() => _backend.Unary(new SigmoidOp.Operator<float>(), _a, _y);
}
