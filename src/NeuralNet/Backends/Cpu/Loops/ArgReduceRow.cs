using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>The winners' positions along an axis, for a row of outputs; operand 0 is x at the axis' first position, 1 is y.</summary>
internal readonly unsafe struct ArgReduceRow<T, TOp>(TOp op, nint axisStride, long length) : IRowKernel
    where T : unmanaged
    where TOp : struct, IComparisonOperator<T>
{
    private const int TileWidth = 256;

    public void Run(in Row row)
    {
        if (axisStride <= row.S0 || row.Count == 1)
        {
            for (nint i = 0; i < row.Count; i++)
                *(long*)(row.P1 + i * row.S1) = FindWinner(op, row.P0 + i * row.S0, axisStride, length);
            return;
        }
        for (nint done = 0; done < row.Count; done += TileWidth)
        {
            Row tile = row;
            tile.Skip(done);
            tile.Count = Math.Min(TileWidth, row.Count - done);
            FindWinners(op, tile, axisStride, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long FindWinner(TOp op, byte* x, nint axisStride, long length)
    {
        T best = *(T*)x;
        long winner = 0;
        for (long i = 1; i < length; i++)
        {
            x += axisStride;
            T candidate = *(T*)x;
            if (!op.Invoke(candidate, best))
                continue;
            best = candidate;
            winner = i;
        }
        return winner;
    }

    /// <summary>Goes along the axis for many outputs at once, because these lie closer in memory.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindWinners(TOp op, in Row tile, nint axisStride, long length)
    {
        T* best = stackalloc T[TileWidth];
        byte* x = tile.P0;
        byte* y = tile.P1;
        nint xStride = tile.S0;
        nint yStride = tile.S1;
        nint count = tile.Count;
        for (nint column = 0; column < count; column++)
        {
            best[column] = *(T*)(x + column * xStride);
            *(long*)(y + column * yStride) = 0;
        }
        for (long i = 1; i < length; i++)
        {
            x += axisStride;
            for (nint column = 0; column < count; column++)
            {
                T candidate = *(T*)(x + column * xStride);
                if (!op.Invoke(candidate, best[column]))
                    continue;
                best[column] = candidate;
                *(long*)(y + column * yStride) = i;
            }
        }
    }
}
