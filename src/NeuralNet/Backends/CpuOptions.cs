using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet;

/// <summary>How a CPU device computes. The default value uses every core and the widest vectors of the machine.</summary>
public sealed record CpuOptions
{
    /// <summary>Gets the number of threads, the calling one included; 1 means that no other thread is ever used.</summary>
    /// <remarks>
    /// The default is the environment variable <c>NEURALNET_NUM_THREADS</c> if it holds a positive number, otherwise the number of
    /// processors. Results do not depend on it, to the bit. An idle thread spins for 200 µs before it sleeps, so that the next kernel finds
    /// it awake; the environment variable <c>NEURALNET_SPIN_MICROSECONDS</c> changes that, and 0 lets it sleep at once.
    /// </remarks>
    public int Threads { get; init; } = DefaultThreads();

    /// <summary>Gets the widest vector instructions to use; the default is the widest that the machine has.</summary>
    public InstructionSet InstructionSet { get; init; } = WidestInstructionSet;

    /// <summary>Gets how convolutions are computed.</summary>
    public ConvolutionAlgorithm Convolution { get; init; } = ConvolutionAlgorithm.Automatic;

    /// <summary>
    /// Whether instructions that the machine lacks are replaced by several narrower ones, where otherwise narrower kernels would run: slow,
    /// and the way to test the kernels of every instruction set on every machine.
    /// </summary>
    internal bool Emulates { get; init; }

    /// <summary>Gets the widest instruction set of this machine that the library has kernels for.</summary>
    public static InstructionSet WidestInstructionSet =>
        Avx512F.IsSupported && Avx512DQ.IsSupported ? InstructionSet.Avx512
        : Avx2.IsSupported && Fma.IsSupported ? InstructionSet.Avx2
        : System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated ? InstructionSet.Vector128
        : InstructionSet.Scalar;

    private static int DefaultThreads() =>
        int.TryParse(Environment.GetEnvironmentVariable("NEURALNET_NUM_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out int threads)
        && threads > 0
            ? threads
            : Environment.ProcessorCount;
}
