using BenchmarkDotNet.Attributes;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;

namespace NeuralNet.Benchmarks;

/// <summary>Sums and maxima without tensors around them.</summary>
public class ReductionKernels
{
    private CpuBackend _backend = null!;
    private View<float> _x;
    private View<float> _perRow;
    private View<float> _perColumn;

    /// <summary>Gets or sets the length of the rows; short ones take a way of their own.</summary>
    [Params(10, 100, 1000)]
    public int Columns { get; set; }

    [Params(InstructionSet.Vector128, InstructionSet.Avx2, InstructionSet.Avx512)]
    public InstructionSet Set { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _backend = KernelMemory.Backend(Set, threads: 1);
        long rows = 1_000_000 / Columns;
        _x = KernelMemory.Make(_backend, [rows, Columns]);
        _perRow = KernelMemory.Make(_backend, [rows, 1]);
        _perColumn = KernelMemory.Make(_backend, [1, Columns]);
    }

    [Benchmark]
    public void SumRows() => _backend.Reduce<float, float, SumOp.Operator<float>>(default, _x, _perRow);

    [Benchmark]
    public void SumColumns() => _backend.Reduce<float, float, SumOp.Operator<float>>(default, _x, _perColumn);

    [Benchmark]
    public void MaxRows() => _backend.Reduce<float, float, MaxOp.Operator<float>>(default, _x, _perRow);
}
