using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// y = op(a, b) along a row; operand 0 is y, 1 is a, 2 is b. Every element takes the vector form.
/// </summary>
internal readonly unsafe struct BinaryRow<T, TOp, TVector>(TOp op) : IRowKernel
    where T : unmanaged
    where TOp : struct, IBinaryOperator<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>The elements that are gathered at once.</summary>
    private const int BlockLength = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(in Row row)
    {
        if (TOp.IsVectorized && TVector.Count > 1 && row.S0 == sizeof(T))
        {
            bool repeatA = row.S1 == 0;
            bool repeatB = row.S2 == 0;
            if ((repeatA || row.S1 == sizeof(T)) && (repeatB || row.S2 == sizeof(T)) && !(repeatA && repeatB))
            {
                RunConsecutive((T*)row.P1, (T*)row.P2, (T*)row.P0, row.Count, repeatA, repeatB);
                return;
            }
        }
        if (TOp.IsVectorized && TVector.Count > 1)
            RunGathered(row);
        else
            RunElements(op, row.P1, row.P2, row.P0, row.S1, row.S2, row.S0, row.Count);
    }

    /// <summary>Runs on copies of elements that lie apart: their vector form is faster, and gives the same bits in every layout.</summary>
    private void RunGathered(in Row row)
    {
        T* a = stackalloc T[BlockLength];
        T* b = stackalloc T[BlockLength];
        for (nint done = 0; done < row.Count; done += BlockLength)
        {
            nint count = Math.Min(BlockLength, row.Count - done);
            Strided.Gather(row.P1 + done * row.S1, row.S1, a, count);
            Strided.Gather(row.P2 + done * row.S2, row.S2, b, count);
            RunConsecutive(a, b, a, count, repeatA: false, repeatB: false);
            Strided.Scatter(a, row.P0 + done * row.S0, row.S0, count);
        }
    }

    /// <summary>Runs with the widest vectors that the row fills: narrower ones are much cheaper than padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunConsecutive(T* a, T* b, T* y, nint count, bool repeatA, bool repeatB)
    {
        if (count >= TVector.Count)
            RunVectors<TVector>(op, a, b, y, count, repeatA, repeatB);
        else if (TVector.Count > Vector256<T>.Count && count >= Vector256<T>.Count)
            RunVectors<Vector256Simd<T>>(op, a, b, y, count, repeatA, repeatB);
        else if (TVector.Count > Vector128<T>.Count && count >= Vector128<T>.Count)
            RunVectors<Vector128Simd<T>>(op, a, b, y, count, repeatA, repeatB);
        else
            RunPartOfVector(op, a, b, y, count, repeatA, repeatB);
    }

    // A method for each of the three: with all their calls in one the JIT would not inline a long operator.
    private static void RunVectors<TSimd>(TOp op, T* a, T* b, T* y, nint count, bool repeatA, bool repeatB)
        where TSimd : struct, ISimd<TSimd, T>
    {
        if (repeatA)
            RunWithFirst(op, TSimd.Create(*a), b, y, count);
        else if (repeatB)
            RunWithSecond(op, a, TSimd.Create(*b), y, count);
        else
            RunWithBoth<TSimd>(op, a, b, y, count);
    }

    // None is inlined, as in UnaryRow. In all three the last vector overlaps the one before; it is computed first, because y may be a or b.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunWithBoth<TSimd>(TOp op, T* a, T* b, T* y, nint count)
        where TSimd : struct, ISimd<TSimd, T>
    {
        nint lastStart = count - TSimd.Count;
        TSimd last = op.Invoke(TSimd.Load(a + lastStart), TSimd.Load(b + lastStart));
        for (nint i = 0; i < lastStart; i += TSimd.Count)
            op.Invoke(TSimd.Load(a + i), TSimd.Load(b + i)).Store(y + i);
        last.Store(y + lastStart);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunWithFirst<TSimd>(TOp op, TSimd first, T* b, T* y, nint count)
        where TSimd : struct, ISimd<TSimd, T>
    {
        nint lastStart = count - TSimd.Count;
        TSimd last = op.Invoke(first, TSimd.Load(b + lastStart));
        for (nint i = 0; i < lastStart; i += TSimd.Count)
            op.Invoke(first, TSimd.Load(b + i)).Store(y + i);
        last.Store(y + lastStart);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunWithSecond<TSimd>(TOp op, T* a, TSimd second, T* y, nint count)
        where TSimd : struct, ISimd<TSimd, T>
    {
        nint lastStart = count - TSimd.Count;
        TSimd last = op.Invoke(TSimd.Load(a + lastStart), second);
        for (nint i = 0; i < lastStart; i += TSimd.Count)
            op.Invoke(TSimd.Load(a + i), second).Store(y + i);
        last.Store(y + lastStart);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunPartOfVector(TOp op, T* a, T* b, T* y, nint count, bool repeatA, bool repeatB)
    {
        // Steps instead of indices serve all three cases.
        nint stepA = repeatA ? 0 : 1;
        nint stepB = repeatB ? 0 : 1;
        for (nint i = 0; i < count; i++)
            y[i] = op.Invoke(Vector128Simd<T>.Create(a[i * stepA]), Vector128Simd<T>.Create(b[i * stepB]))[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(TOp op, byte* a, byte* b, byte* y, nint aStride, nint bStride, nint yStride, nint count)
    {
        for (; count > 0; count--, a += aStride, b += bStride, y += yStride)
            *(T*)y = op.Invoke(*(T*)a, *(T*)b);
    }
}
