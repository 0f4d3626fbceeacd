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

    /// <summary>Room for the sums of a chunk of a matrix · vector product.</summary>
    public const int SumsBytes = 2048 * sizeof(double);

    /// <summary>Room for a panel's part of the bias.</summary>
    public const int BiasBytes = 128;

    private const int Alignment = 64;

    [ThreadStatic]
    private static ThreadMemory? s_current;

    private readonly byte* _memory = (byte*)NativeMemory.AlignedAlloc(TileBytes + PanelBytes + SumsBytes + BiasBytes, Alignment);
    private byte* _slab;
    private nint _slabBytes;

    private ThreadMemory()
    {
    }

    ~ThreadMemory()
    {
        NativeMemory.AlignedFree(_memory);
        NativeMemory.AlignedFree(_slab);
    }

    /// <summary>The calling thread's own.</summary>
    public static ThreadMemory Current => s_current ??= new();

    public byte* Tile => _memory;

    public byte* Panel => _memory + TileBytes;

    public byte* Sums => Panel + PanelBytes;

    public byte* Bias => Sums + SumsBytes;

    /// <summary>Room for a slab of a, which the threads of a job share; at most 9 MB, kept until the thread ends.</summary>
    public byte* Slab(nint bytes)
    {
        if (bytes > _slabBytes)
        {
            NativeMemory.AlignedFree(_slab);
            _slab = null;
            _slabBytes = 0;
            _slab = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
            _slabBytes = bytes;
        }
        return _slab;
    }
}
