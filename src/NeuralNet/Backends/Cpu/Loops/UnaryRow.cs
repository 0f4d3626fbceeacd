using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>y = op(x) along a row; operand 0 is y, 1 is x. Every element takes the vector form.</summary>
internal readonly unsafe struct UnaryRow<T, TOp, TVector>(TOp op) : IRowKernel
    where T : unmanaged
    where TOp : struct, IUnaryOperator<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>The elements that are gathered at once.</summary>
    private const int BlockLength = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(in Row row)
    {
        if (TOp.IsVectorized && TVector.Count > 1 && row.S0 == sizeof(T) && row.S1 == sizeof(T))
        {
            RunConsecutive((T*)row.P1, (T*)row.P0, row.Count);
        }
        else if (TOp.IsVectorized && TVector.Count > 1)
        {
            RunGathered(row);
        }
        else
        {
            RunElements(op, row.P1, row.P0, row.S1, row.S0, row.Count);
        }
    }

    /// <summary>Runs on copies of elements that lie apart: their vector form is faster, and gives the same bits in every layout.</summary>
    private void RunGathered(in Row row)
    {
        T* block = stackalloc T[BlockLength];
        for (nint done = 0; done < row.Count; done += BlockLength)
        {
            nint count = Math.Min(BlockLength, row.Count - done);
            Strided.Gather(row.P1 + done * row.S1, row.S1, block, count);
            RunConsecutive(block, block, count);
            Strided.Scatter(block, row.P0 + done * row.S0, row.S0, count);
        }
    }

    /// <summary>Runs with the widest vectors that the row fills: narrower ones are much cheaper than padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunConsecutive(T* x, T* y, nint count)
    {
        if (count >= TVector.Count)
            RunVectors<TVector>(op, x, y, count);
        else if (TVector.Count > Vector256<T>.Count && count >= Vector256<T>.Count)
            RunVectors<Vector256Simd<T>>(op, x, y, count);
        else if (TVector.Count > Vector128<T>.Count && count >= Vector128<T>.Count)
            RunVectors<Vector128Simd<T>>(op, x, y, count);
        else
            RunPartOfVector(op, x, y, count);
    }

    // Never inlined: three times in its caller, a long operator exceeds what the JIT is willing to inline, and its steps become calls.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunVectors<TSimd>(TOp op, T* x, T* y, nint count)
        where TSimd : struct, ISimd<TSimd, T>
    {
        // The last vector overlaps the one before; it is computed first, because y may be x.
        nint lastStart = count - TSimd.Count;
        TSimd last = op.Invoke(TSimd.Load(x + lastStart));
        for (nint i = 0; i < lastStart; i += TSimd.Count)
            op.Invoke(TSimd.Load(x + i)).Store(y + i);
        last.Store(y + lastStart);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunPartOfVector(TOp op, T* x, T* y, nint count)
    {
        for (nint i = 0; i < count; i++)
            y[i] = op.Invoke(Vector128Simd<T>.Create(x[i]))[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(TOp op, byte* x, byte* y, nint xStride, nint yStride, nint count)
    {
        for (; count > 0; count--, x += xStride, y += yStride)
            *(T*)y = op.Invoke(*(T*)x);
    }
}
