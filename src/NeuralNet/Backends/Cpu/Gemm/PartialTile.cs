using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>The end of a tile whose last columns lie outside c.</summary>
internal static unsafe class PartialTile<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>
    /// Writes what lies inside c from the tile's scratch memory, or adds that; then come bias and ReLU, with the bits that they have in the
    /// registers of a whole tile.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(in Tile<T> tile, int rows, int scratchRow)
    {
        for (int first = 0; first < tile.Columns; first += TVector.Count)
        {
            int count = Math.Min(TVector.Count, tile.Columns - first);
            TVector bias = tile.Bias == null ? default : PartialVector<T, TVector>.Load(tile.Bias + first, count);
            T* c = tile.C + first;
            T* sums = tile.Scratch + first;
            for (int row = 0; row < rows; row++, c += tile.CRowStride, sums += scratchRow)
            {
                TVector x = TVector.Load(sums);
                if (tile.Accumulate)
                    x = PartialVector<T, TVector>.Load(c, count) + x;
                if (tile.Bias != null)
                    x += bias;
                if (tile.Relu)
                    x = Relu(x);
                PartialVector<T, TVector>.Store(c, x, count);
            }
        }
    }

    /// <summary>Replaces negative elements by 0; NaN stays. The same bits as the separate operation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Relu(TVector x)
    {
        TVector zero = default;
        return TVector.Select(TVector.GreaterOrEqual(zero, x), zero, x);
    }
}
