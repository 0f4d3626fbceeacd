using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// Combines many rows of a few elements, one after the other. A tile of rows is transposed into scratch memory, so that a vector holds the
/// same element of neighbouring rows: a row alone would not fill the registers, and folding its vector would cost more than combining.
/// </summary>
internal static unsafe class NarrowReduction<T, TAcc, TOp, TVector>
    where T : unmanaged
    where TAcc : unmanaged
    where TOp : struct, IReductionOperator<T, TAcc>
    where TVector : struct, ISimd<TVector, TAcc>
{
    /// <summary>From here on a row alone is as fast.</summary>
    private const int Longest = 32;

    /// <summary>The rows of a tile, whose scratch memory is 8 KB of floats at most.</summary>
    private const int TileRows = 64;

    /// <summary>The side of the squares that are transposed in registers.</summary>
    private const int Square = 8;

    public static bool Serves(nint xRow, nint stride, nint count, nint rows) =>
        TOp.IsVectorized && TVector.Count > 1 && sizeof(T) >= sizeof(float) && stride == sizeof(T) && xRow % sizeof(T) == 0
        && count <= Longest && rows >= TVector.Count;

    /// <summary>Combines rows of consecutive elements, each into an output of its own.</summary>
    [SkipLocalsInit]
    public static void Run(TOp op, byte* x, nint xRow, nint count, byte* y, nint yRow, nint rows)
    {
        TAcc* columns = stackalloc TAcc[Longest * TileRows];
        TAcc* results = stackalloc TAcc[TileRows];
        for (nint done = 0; done < rows; done += TileRows)
        {
            nint length = Math.Min(TileRows, rows - done);
            Transpose((T*)(x + done * xRow), xRow / sizeof(T), length, count, (T*)columns);
            if (yRow == sizeof(TAcc) && length == TileRows)
            {
                Combine(op, columns, count, (TAcc*)(y + done * yRow));
                continue;
            }
            Combine(op, columns, count, results);
            for (nint i = 0; i < length; i++)
                *(TAcc*)(y + (done + i) * yRow) = results[i];
        }
    }

    private static void Transpose(T* x, nint row, nint rows, nint count, T* columns)
    {
        // The last square overlaps the one before it, and writes the same there.
        nint whole = count - count % Square;
        Transposition.Run(x, row, rows, count < Square ? count : whole, columns, TileRows);
        if (count > Square && whole < count)
            Transposition.Run(x + count - Square, row, rows, Square, columns + (count - Square) * TileRows, TileRows);
    }

    /// <summary>Combines a tile. Rows that it does not have hold what was there; nobody reads their results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine(TOp op, TAcc* columns, nint count, TAcc* results)
    {
        for (int i = 0; i < TileRows; i += 2 * TVector.Count)
        {
            TAcc* x = columns + i;
            TVector v0 = TVector.Load(x);
            TVector v1 = TVector.Load(x + TVector.Count);
            for (nint k = 1; k < count; k++)
            {
                x += TileRows;
                v0 = op.Combine(v0, TVector.Load(x));
                v1 = op.Combine(v1, TVector.Load(x + TVector.Count));
            }
            v0.Store(results + i);
            v1.Store(results + i + TVector.Count);
        }
    }
}
