using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>
/// The inner loops of every product, for one kind of vector: a tile of c, held in registers over the whole sum. The kernels are generated,
/// one for each height and width and for each way that a and b may lie (NeuralNet.Generators).
/// </summary>
internal static unsafe class MicroKernels<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>
    /// AVX-512 and ARM64 have 32 registers: 28 accumulators, two vectors of b and one of a. The others have 16, of which 6 rows leave one.
    /// </summary>
    public static int MaximumRows => Bytes == 64 || (Bytes == 16 && ArmBase.Arm64.IsSupported) ? 14 : 6;

    /// <summary>
    /// The same for tiles of one vector of columns whose sum comes in segments: twelve accumulators there too, so that none waits for itself.
    /// </summary>
    public static int MaximumNarrowRows => Math.Max(MaximumRows, 12);

    private static int Bytes => Unsafe.SizeOf<TVector>();

    /// <summary>The number of a kernel.</summary>
    /// <param name="rows">The height of the tile.</param>
    /// <param name="isWide">Whether it has two vectors of columns.</param>
    /// <param name="isOfColumns">Whether the columns of a are contiguous, one after the other; otherwise its rows are contiguous.</param>
    /// <param name="copies">Whether the panel of b is read where it lies and copied; otherwise it is packed. Only wide kernels do.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NumberOf(int rows, bool isWide, bool isOfColumns, bool copies) =>
        rows * 16 + (isWide ? 4 : 0) + (isOfColumns ? 2 : 0) + (copies ? 1 : 0);

    /// <summary>The number of a kernel whose sum comes in segments.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NumberOfSegmented(int rows, bool isWide) => rows * 16 + 8 + (isWide ? 4 : 0);

    /// <summary>Computes a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int kernel, ref Tile<T> tile)
    {
        if (typeof(T) == typeof(float))
        {
            ref Tile<float> single = ref Unsafe.As<Tile<T>, Tile<float>>(ref tile);
            if (Bytes == 64)
                MicroKernelsVector512Single.Run(kernel, in single);
            else if (Bytes == 32)
                MicroKernelsVector256Single.Run(kernel, in single);
            else if (Bytes == 16)
                MicroKernelsVector128Single.Run(kernel, in single);
            else
                MicroKernelsScalarSingle.Run(kernel, in single);
        }
        else
        {
            ref Tile<double> dual = ref Unsafe.As<Tile<T>, Tile<double>>(ref tile);
            if (Bytes == 64)
                MicroKernelsVector512Double.Run(kernel, in dual);
            else if (Bytes == 32)
                MicroKernelsVector256Double.Run(kernel, in dual);
            else if (Bytes == 16)
                MicroKernelsVector128Double.Run(kernel, in dual);
            else
                MicroKernelsScalarDouble.Run(kernel, in dual);
        }
    }
}
