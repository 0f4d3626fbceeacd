using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>y = op(a, b) ? 1 : 0 along a row; operand 0 is y, 1 is a, 2 is b.</summary>
internal readonly unsafe struct CompareRow<T, TOp, TVector>(TOp op) : IRowKernel
    where T : unmanaged
    where TOp : struct, IComparisonOperator<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>The truth values that are written at once.</summary>
    private const int BlockLength = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(in Row row)
    {
        nint done = 0;
        // Elements that follow each other, or are one for all.
        if (TOp.IsVectorized && TVector.Count > 1 && row.S0 == 1 && IsVectorStride(row.S1) && IsVectorStride(row.S2))
            done = RunVectors(op, row.P1, row.P2, row.P0, row.S1, row.S2, row.Count);
        RunElements(op, row.P1 + done * row.S1, row.P2 + done * row.S2, row.P0 + done * row.S0, row.S1, row.S2, row.S0, row.Count - done);
    }

    private static bool IsVectorStride(nint stride) => stride == sizeof(T) || stride == 0;

    /// <summary>Compares whole blocks, and returns the number of elements in them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nint RunVectors(TOp op, byte* a, byte* b, byte* y, nint aStride, nint bStride, nint count)
    {
        int block = Math.Max(BlockLength, TVector.Count);
        TVector oneA = TVector.Create(*(T*)a);
        TVector oneB = TVector.Create(*(T*)b);
        nint done = 0;
        for (; done <= count - block; done += block)
        {
            ulong bits = 0;
            for (int i = 0; i < block; i += TVector.Count)
            {
                TVector x = aStride == 0 ? oneA : TVector.Load((T*)a + done + i);
                bits |= op.Invoke(x, bStride == 0 ? oneB : TVector.Load((T*)b + done + i)).HighestBits() << i;
            }
            for (int i = 0; i < block; i += BlockLength, bits >>= BlockLength)
                *(ulong*)(y + done + i) = Spread((byte)bits);
        }
        return done;
    }

    /// <summary>Eight bytes of 0 or 1 from eight bits, the lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Spread(byte bits)
    {
        // Each byte keeps its own bit of a copy of all; adding 0x7F carries whichever bit it is into the highest.
        ulong kept = bits * 0x0101010101010101ul & 0x8040201008040201ul;
        return ((kept + 0x7F7F7F7F7F7F7F7Ful) >> 7) & 0x0101010101010101ul;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(TOp op, byte* a, byte* b, byte* y, nint aStride, nint bStride, nint yStride, nint count)
    {
        for (; count > 0; count--, a += aStride, b += bStride, y += yStride)
        {
            // The bits of a bool are 0 or 1; reading them avoids a branch that random data would mispredict.
            bool holds = op.Invoke(*(T*)a, *(T*)b);
            *y = *(byte*)&holds;
        }
    }
}
