using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// The gradient of softmax, or of its logarithm, of several rows of consecutive elements; operand 0 is dx, 1 is y, 2 is dy.
/// </summary>
internal readonly unsafe struct SoftmaxGradientRows<T, TVector>(nint length, bool isLogarithm) : IRowKernel
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>No vector has more elements.</summary>
    private const int LargestVector = 16;

    /// <summary>Sums of so many vectors are added up, so that the rounding error of long rows stays small.</summary>
    private const int BlockVectors = 64;

    public void Run(in Row row)
    {
        byte* dx = row.P0;
        byte* y = row.P1;
        byte* dy = row.P2;
        for (nint i = 0; i < row.Count; i++, dx += row.S0, y += row.S1, dy += row.S2)
        {
            if (isLogarithm)
                RunLogarithm((T*)y, (T*)dy, (T*)dx);
            else
                RunPlain((T*)y, (T*)dy, (T*)dx);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunPlain(T* y, T* dy, T* dx)
    {
        T sum = Sum(dy, y);
        TVector sums = TVector.Create(sum);
        nint i = 0;
        for (; i <= length - TVector.Count; i += TVector.Count)
            (TVector.Load(y + i) * (TVector.Load(dy + i) - sums)).Store(dx + i);
        for (; i < length; i++)
            dx[i] = y[i] * (dy[i] - sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunLogarithm(T* y, T* dy, T* dx)
    {
        T* elements = stackalloc T[LargestVector];
        TVector sums = TVector.Create(Sum(dy, null));
        nint i = 0;
        for (; i <= length - TVector.Count; i += TVector.Count)
            (TVector.Load(dy + i) - TVector.Exp(TVector.Load(y + i)) * sums).Store(dx + i);
        if (i == length)
            return;
        for (int k = 0; k < TVector.Count; k++)
            elements[k] = i + k < length ? y[i + k] : T.NegativeInfinity;
        (TVector.Exp(TVector.Load(elements)) * sums).Store(elements);
        for (int k = 0; i + k < length; k++)
            dx[i + k] = dy[i + k] - elements[k];
    }

    /// <summary>The sum of a row of factors, times those of another where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T Sum(T* a, T* b)
    {
        T* elements = stackalloc T[LargestVector];
        TVector total = TVector.Create(T.Zero);
        nint i = 0;
        while (i <= length - TVector.Count)
        {
            TVector partial = TVector.Create(T.Zero);
            nint end = Math.Min(length - TVector.Count, i + (BlockVectors - 1) * TVector.Count);
            for (; i <= end; i += TVector.Count)
                partial += b is null ? TVector.Load(a + i) : TVector.Load(a + i) * TVector.Load(b + i);
            total += partial;
        }
        total.Store(elements);
        for (int k = 0; i < length; i++, k++)
            elements[k] += b is null ? a[i] : a[i] * b[i];
        return Exponentials<T, TVector>.SumOfLanes(elements);
    }
}
