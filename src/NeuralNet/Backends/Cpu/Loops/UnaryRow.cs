using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>y = op(x) along a row; operand 0 is y, operand 1 is x. Where both are consecutive every element takes the vector form.</summary>
internal readonly unsafe struct UnaryRow<T, TOp, TVector>(TOp op) : IRowKernel
    where T : unmanaged
    where TOp : struct, IUnaryOperator<T>
    where TVector : struct, ISimd<TVector, T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(in Row row)
    {
        if (TOp.IsVectorized && TVector.Count > 1 && row.S0 == sizeof(T) && row.S1 == sizeof(T))
        {
            if (row.Count >= TVector.Count)
                RunVectors(op, (T*)row.P1, (T*)row.P0, row.Count);
            else
                RunPartOfVector(op, (T*)row.P1, (T*)row.P0, row.Count);
        }
        else
        {
            RunElements(op, row.P1, row.P0, row.S1, row.S0, row.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunVectors(TOp op, T* x, T* y, nint count)
    {
        // The last vector overlaps the one before; it is computed first, because y may be x.
        nint lastStart = count - TVector.Count;
        TVector last = op.Invoke(TVector.Load(x + lastStart));
        for (nint i = 0; i < lastStart; i += TVector.Count)
            op.Invoke(TVector.Load(x + i)).Store(y + i);
        last.Store(y + lastStart);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPartOfVector(TOp op, T* x, T* y, nint count)
    {
        // Filled up with a real element, so that the padding meets no case that the data do not.
        T* padded = stackalloc T[TVector.Count];
        TVector.Create(*x).Store(padded);
        for (nint i = 1; i < count; i++)
            padded[i] = x[i];
        op.Invoke(TVector.Load(padded)).Store(padded);
        for (nint i = 0; i < count; i++)
            y[i] = padded[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(TOp op, byte* x, byte* y, nint xStride, nint yStride, nint count)
    {
        for (; count > 0; count--, x += xStride, y += yStride)
            *(T*)y = op.Invoke(*(T*)x);
    }
}
