using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// y = op(a, b) along a row; operand 0 is y, 1 is a, 2 is b. Where y is consecutive, and each input consecutive or one repeated element,
/// every element takes the vector form.
/// </summary>
internal readonly unsafe struct BinaryRow<T, TOp, TVector>(TOp op) : IRowKernel
    where T : unmanaged
    where TOp : struct, IBinaryOperator<T>
    where TVector : struct, ISimd<TVector, T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(in Row row)
    {
        if (TOp.IsVectorized && TVector.Count > 1 && row.S0 == sizeof(T))
        {
            if (row.S1 == sizeof(T) && row.S2 == sizeof(T))
            {
                RunConsecutive<Consecutive<T, TVector>, Consecutive<T, TVector>>(row);
                return;
            }
            if (row.S1 == sizeof(T) && row.S2 == 0)
            {
                RunConsecutive<Consecutive<T, TVector>, Repeated<T, TVector>>(row);
                return;
            }
            if (row.S1 == 0 && row.S2 == sizeof(T))
            {
                RunConsecutive<Repeated<T, TVector>, Consecutive<T, TVector>>(row);
                return;
            }
        }
        RunElements(op, row.P1, row.P2, row.P0, row.S1, row.S2, row.S0, row.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunConsecutive<TA, TB>(in Row row)
        where TA : struct, IVectorSource<TA, T, TVector>
        where TB : struct, IVectorSource<TB, T, TVector>
    {
        if (row.Count >= TVector.Count)
            RunVectors<TA, TB>(op, (T*)row.P1, (T*)row.P2, (T*)row.P0, row.Count);
        else
            RunPartOfVector<TA, TB>(op, (T*)row.P1, (T*)row.P2, (T*)row.P0, row.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunVectors<TA, TB>(TOp op, T* aStart, T* bStart, T* y, nint count)
        where TA : struct, IVectorSource<TA, T, TVector>
        where TB : struct, IVectorSource<TB, T, TVector>
    {
        // The last vector overlaps the one before; it is computed first, because y may be a or b.
        TA a = TA.Create(aStart);
        TB b = TB.Create(bStart);
        nint lastStart = count - TVector.Count;
        TVector last = op.Invoke(a.Load(lastStart), b.Load(lastStart));
        for (nint i = 0; i < lastStart; i += TVector.Count)
            op.Invoke(a.Load(i), b.Load(i)).Store(y + i);
        last.Store(y + lastStart);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPartOfVector<TA, TB>(TOp op, T* aStart, T* bStart, T* y, nint count)
        where TA : struct, IVectorSource<TA, T, TVector>
        where TB : struct, IVectorSource<TB, T, TVector>
    {
        // Filled up with real elements, so that the padding meets no case that the data do not.
        TA a = TA.Create(aStart);
        TB b = TB.Create(bStart);
        T* paddedA = stackalloc T[TVector.Count];
        T* paddedB = stackalloc T[TVector.Count];
        TVector.Create(a[0]).Store(paddedA);
        TVector.Create(b[0]).Store(paddedB);
        for (nint i = 1; i < count; i++)
        {
            paddedA[i] = a[i];
            paddedB[i] = b[i];
        }
        op.Invoke(TVector.Load(paddedA), TVector.Load(paddedB)).Store(paddedA);
        for (nint i = 0; i < count; i++)
            y[i] = paddedA[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(TOp op, byte* a, byte* b, byte* y, nint aStride, nint bStride, nint yStride, nint count)
    {
        for (; count > 0; count--, a += aStride, b += bStride, y += yStride)
            *(T*)y = op.Invoke(*(T*)a, *(T*)b);
    }
}
