using NeuralNet.Backends.Cpu.Threading;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Cpu;

/// <summary>The compute interface on the processor; one file per role interface.</summary>
internal sealed partial class CpuBackend : IComputeBackend
{
    private readonly InstructionSet _instructionSet;
    private readonly ConvolutionAlgorithm _convolutions;
    private readonly WorkerPool _workers;
    private readonly BufferPool _pool;

    public CpuBackend(CpuOptions options, string device = "cpu")
    {
        if (options.Threads < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.Threads, $"CpuOptions.Threads: {options.Threads}. Give 1 "
                + "or more; 1 is the calling thread alone.");
        InstructionSet widest = CpuOptions.WidestInstructionSet;
        _instructionSet = options.Emulates || options.InstructionSet < widest ? options.InstructionSet : widest;
        _convolutions = options.Convolution;
        _workers = new(options.Threads);
        _pool = new(device);
    }
}
