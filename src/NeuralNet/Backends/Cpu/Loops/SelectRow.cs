using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// y = condition ≠ 0 ? a : b along a row; operand 0 is y, 1 the condition, 2 is a, 3 is b. <typeparamref name="TBits"/> stands for any
/// element type of its size.
/// </summary>
internal readonly unsafe struct SelectRow<TBits> : IRowKernel
    where TBits : unmanaged, IBinaryInteger<TBits>, IUnsignedNumber<TBits>
{
    public void Run(in Row row)
    {
        if (row.S0 == sizeof(TBits) && row.S1 == 1 && row.S2 == sizeof(TBits) && row.S3 == sizeof(TBits))
            RunConsecutive(row.P1, (TBits*)row.P2, (TBits*)row.P3, (TBits*)row.P0, row.Count);
        else
            RunElements(row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunConsecutive(byte* condition, TBits* a, TBits* b, TBits* y, nint count)
    {
        for (nint i = 0; i < count; i++)
            y[i] = Select(condition[i], a[i], b[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(in Row row)
    {
        byte* y = row.P0;
        byte* condition = row.P1;
        byte* a = row.P2;
        byte* b = row.P3;
        nint yStride = row.S0;
        nint conditionStride = row.S1;
        nint aStride = row.S2;
        nint bStride = row.S3;
        for (nint count = row.Count; count > 0; count--)
        {
            *(TBits*)y = Select(*condition, *(TBits*)a, *(TBits*)b);
            y += yStride;
            condition += conditionStride;
            a += aStride;
            b += bStride;
        }
    }

    // Masks instead of a branch, which random conditions would mispredict.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TBits Select(byte condition, TBits a, TBits b)
    {
        TBits mask = TBits.Zero - TBits.CreateTruncating((condition + 0xFF) >> 8);
        return b ^ ((a ^ b) & mask);
    }
}
