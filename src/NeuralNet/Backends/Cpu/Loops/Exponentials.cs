using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>The passes over one row of consecutive elements that softmax and cross-entropy are made of.</summary>
internal static unsafe class Exponentials<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>No vector has more elements.</summary>
    private const int LargestVector = 16;

    /// <summary>Sums of so many vectors are added up, so that the rounding error of long rows stays small.</summary>
    private const int BlockVectors = 64;

    /// <summary>The largest element; a NaN may be left out, which shows in the sum of the exponentials anyway.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Max(T* x, nint count)
    {
        T max = T.NegativeInfinity;
        if (TVector.Count > 1 && count >= TVector.Count)
        {
            TVector largest = MaxOfVectors(x, count);
            T* elements = stackalloc T[LargestVector];
            largest.Store(elements);
            for (int k = 0; k < TVector.Count; k++)
                max = elements[k] > max ? elements[k] : max;
            return max;
        }
        for (nint i = 0; i < count; i++)
            max = x[i] > max ? x[i] : max;
        return max;
    }

    /// <summary>Four vectors at a time, so that no comparison waits for the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector MaxOfVectors(T* x, nint count)
    {
        TVector a = TVector.Load(x);
        TVector b = a;
        TVector c = a;
        TVector d = a;
        nint i = 0;
        for (; i <= count - 4 * TVector.Count; i += 4 * TVector.Count)
        {
            a = TVector.Larger(a, TVector.Load(x + i));
            b = TVector.Larger(b, TVector.Load(x + i + TVector.Count));
            c = TVector.Larger(c, TVector.Load(x + i + 2 * TVector.Count));
            d = TVector.Larger(d, TVector.Load(x + i + 3 * TVector.Count));
        }
        for (; i <= count - TVector.Count; i += TVector.Count)
            a = TVector.Larger(a, TVector.Load(x + i));
        // The last vector may overlap the one before.
        b = TVector.Larger(b, TVector.Load(x + count - TVector.Count));
        return TVector.Larger(TVector.Larger(a, b), TVector.Larger(c, d));
    }

    /// <summary>y = e^(x − shift), unless y is null, and the sum of that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Sum(T* x, nint count, T shift, T* y)
    {
        T* elements = stackalloc T[LargestVector];
        TVector shifts = TVector.Create(shift);
        TVector total = TVector.Create(T.Zero);
        nint i = 0;
        while (i <= count - TVector.Count)
        {
            TVector partial = TVector.Create(T.Zero);
            nint end = Math.Min(count - TVector.Count, i + (BlockVectors - 1) * TVector.Count);
            for (; i <= end; i += TVector.Count)
            {
                TVector exponential = TVector.Exp(TVector.Load(x + i) - shifts);
                if (y is not null)
                    exponential.Store(y + i);
                partial += exponential;
            }
            total += partial;
        }
        if (i < count)
        {
            // The exponentials of what fills up the last vector are 0.
            for (int k = 0; k < TVector.Count; k++)
                elements[k] = i + k < count ? x[i + k] : T.NegativeInfinity;
            TVector exponential = TVector.Exp(TVector.Load(elements) - shifts);
            total += exponential;
            exponential.Store(elements);
            for (int k = 0; y is not null && i + k < count; k++)
                y[i + k] = elements[k];
        }
        total.Store(elements);
        return SumOfLanes(elements);
    }

    /// <summary>The sum of the elements of one vector, by halves; they are overwritten.</summary>
    public static T SumOfLanes(T* elements)
    {
        for (int half = TVector.Count / 2; half > 0; half /= 2)
        {
            for (int k = 0; k < half; k++)
                elements[k] += elements[k + half];
        }
        return elements[0];
    }

    /// <summary>y = y·factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(T* y, nint count, T factor)
    {
        TVector factors = TVector.Create(factor);
        nint i = 0;
        for (; i <= count - TVector.Count; i += TVector.Count)
            (TVector.Load(y + i) * factors).Store(y + i);
        for (; i < count; i++)
            y[i] *= factor;
    }

    /// <summary>y = x − first − second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(T* x, nint count, T first, T second, T* y)
    {
        TVector firsts = TVector.Create(first);
        TVector seconds = TVector.Create(second);
        nint i = 0;
        for (; i <= count - TVector.Count; i += TVector.Count)
            (TVector.Load(x + i) - firsts - seconds).Store(y + i);
        for (; i < count; i++)
            y[i] = x[i] - first - second;
    }
}
