using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Where a draw begins in its stream.</summary>
internal struct DrawArguments
{
    public ulong Key;
    public ulong Counter;

    /// <summary>How many blocks further a repetition of a captured step begins; empty for a draw that is not repeated.</summary>
    public ArrayView<ulong> Shift;

    /// <summary>Computes a block of the draw.</summary>
    public readonly PhiloxBlock Block(long number) =>
        Philox.Block(Key, Counter + (Shift.Length > 0 ? Shift[0] : 0) + (ulong)number);
}
