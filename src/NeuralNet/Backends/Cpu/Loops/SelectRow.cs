using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
        if (sizeof(TBits) == sizeof(uint) && row.S0 == sizeof(TBits) && row.S1 == 1 && IsVectorStride(row.S2) && IsVectorStride(row.S3))
        {
            nint done = RunVectors(row.P1, (uint*)row.P2, (uint*)row.P3, (uint*)row.P0, row.S2, row.S3, row.Count);
            RunElements(row, done);
        }
        else if (row.S0 == sizeof(TBits) && row.S1 == 1 && row.S2 == sizeof(TBits) && row.S3 == sizeof(TBits))
        {
            RunConsecutive(row.P1, (TBits*)row.P2, (TBits*)row.P3, (TBits*)row.P0, row.Count);
        }
        else
        {
            RunElements(row, 0);
        }
    }

    private static bool IsVectorStride(nint stride) => stride == sizeof(TBits) || stride == 0;

    /// <summary>Selects whole vectors of elements that follow each other, or are one for all; returns the number of elements in them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint RunVectors(byte* condition, uint* a, uint* b, uint* y, nint aStride, nint bStride, nint count)
    {
        Vector128<uint> oneA = Vector128.Create(*a);
        Vector128<uint> oneB = Vector128.Create(*b);
        nint done = 0;
        for (; done <= count - Vector64<byte>.Count; done += Vector64<byte>.Count)
        {
            Vector128<ushort> conditions = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)(condition + done)).AsByte());
            (Vector128<uint> lower, Vector128<uint> upper) = Vector128.Widen(conditions);
            Select(lower, 0);
            Select(upper, Vector128<uint>.Count);

            void Select(Vector128<uint> chosen, int offset)
            {
                nint i = done + offset;
                Vector128<uint> otherwise = bStride == 0 ? oneB : Vector128.Load(b + i);
                Vector128.ConditionalSelect(Vector128.Equals(chosen, Vector128<uint>.Zero), otherwise, aStride == 0 ? oneA : Vector128.Load(a + i)).Store(y + i);
            }
        }
        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunConsecutive(byte* condition, TBits* a, TBits* b, TBits* y, nint count)
    {
        for (nint i = 0; i < count; i++)
            y[i] = Select(condition[i], a[i], b[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(in Row row, nint done)
    {
        byte* y = row.P0 + done * row.S0;
        byte* condition = row.P1 + done * row.S1;
        byte* a = row.P2 + done * row.S2;
        byte* b = row.P3 + done * row.S3;
        nint yStride = row.S0;
        nint conditionStride = row.S1;
        nint aStride = row.S2;
        nint bStride = row.S3;
        for (nint count = row.Count - done; count > 0; count--)
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
