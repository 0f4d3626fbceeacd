using System.Runtime.InteropServices;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>
/// Working memory of one thread, made when it first multiplies and freed some time after the thread ended. A kernel may use it from its
/// start to its end, since none calls another.
/// </summary>
internal sealed unsafe class ThreadMemory
{
    /// <summary>Room for a tile of c: 14 rows of two vectors of 64 bytes.</summary>
    public const int TileBytes = 2048;

    /// <summary>Room for one panel of b: <see cref="GemmPlan.MaximumSteps"/> rows of two vectors of 64 bytes.</summary>
    public const int PanelBytes = GemmPlan.MaximumSteps * 128;

    /// <summary>Room for a block of a, whose rows (or, where a is transposed, steps) are padded by a cache line.</summary>
    public const int BlockBytes = (GemmPlan.MaximumRows + 8) * (GemmPlan.MaximumSteps + 8) * sizeof(double);

    private const int Alignment = 64;

    [ThreadStatic]
    private static ThreadMemory? s_current;

    private readonly byte* _memory = (byte*)NativeMemory.AlignedAlloc(TileBytes + PanelBytes + BlockBytes, Alignment);

    private ThreadMemory()
    {
    }

    ~ThreadMemory() => NativeMemory.AlignedFree(_memory);

    /// <summary>The calling thread's own.</summary>
    public static ThreadMemory Current => s_current ??= new();

    public byte* Tile => _memory;

    public byte* Panel => _memory + TileBytes;

    public byte* Block => _memory + TileBytes + PanelBytes;
}
