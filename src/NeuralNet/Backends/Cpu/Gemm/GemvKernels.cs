using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>The inner loops of matrix · vector, for each way that the matrix may lie.</summary>
internal static unsafe class GemvKernels<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Rows are contiguous: a dot product each, four at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot(T* matrix, nint rowStride, T* x, int rows, nint steps, T* sums)
    {
        int width = TVector.Count;
        T* lanes = stackalloc T[4 * width];
        nint pairs = steps - steps % (2 * width);
        nint vectors = steps - steps % width;
        int row = 0;
        for (; row <= rows - 4; row += 4)
        {
            T* p0 = matrix + row * rowStride;
            T* p1 = p0 + rowStride;
            T* p2 = p1 + rowStride;
            T* p3 = p2 + rowStride;
            TVector even0 = default, even1 = default, even2 = default, even3 = default;
            TVector odd0 = default, odd1 = default, odd2 = default, odd3 = default;
            nint k = 0;
            for (; k < pairs; k += 2 * width)
            {
                TVector xEven = TVector.Load(x + k);
                TVector xOdd = TVector.Load(x + k + width);
                even0 = TVector.MultiplyAdd(TVector.Load(p0 + k), xEven, even0);
                even1 = TVector.MultiplyAdd(TVector.Load(p1 + k), xEven, even1);
                even2 = TVector.MultiplyAdd(TVector.Load(p2 + k), xEven, even2);
                even3 = TVector.MultiplyAdd(TVector.Load(p3 + k), xEven, even3);
                odd0 = TVector.MultiplyAdd(TVector.Load(p0 + k + width), xOdd, odd0);
                odd1 = TVector.MultiplyAdd(TVector.Load(p1 + k + width), xOdd, odd1);
                odd2 = TVector.MultiplyAdd(TVector.Load(p2 + k + width), xOdd, odd2);
                odd3 = TVector.MultiplyAdd(TVector.Load(p3 + k + width), xOdd, odd3);
            }
            if (k < vectors)
            {
                TVector xLast = TVector.Load(x + k);
                even0 = TVector.MultiplyAdd(TVector.Load(p0 + k), xLast, even0);
                even1 = TVector.MultiplyAdd(TVector.Load(p1 + k), xLast, even1);
                even2 = TVector.MultiplyAdd(TVector.Load(p2 + k), xLast, even2);
                even3 = TVector.MultiplyAdd(TVector.Load(p3 + k), xLast, even3);
            }
            (even0 + odd0).Store(lanes);
            (even1 + odd1).Store(lanes + width);
            (even2 + odd2).Store(lanes + 2 * width);
            (even3 + odd3).Store(lanes + 3 * width);
            sums[row] = Finish(lanes, p0, x, vectors, steps);
            sums[row + 1] = Finish(lanes + width, p1, x, vectors, steps);
            sums[row + 2] = Finish(lanes + 2 * width, p2, x, vectors, steps);
            sums[row + 3] = Finish(lanes + 3 * width, p3, x, vectors, steps);
        }
        for (; row < rows; row++)
        {
            T* p = matrix + row * rowStride;
            TVector even = default, odd = default;
            nint k = 0;
            for (; k < pairs; k += 2 * width)
            {
                even = TVector.MultiplyAdd(TVector.Load(p + k), TVector.Load(x + k), even);
                odd = TVector.MultiplyAdd(TVector.Load(p + k + width), TVector.Load(x + k + width), odd);
            }
            if (k < vectors)
                even = TVector.MultiplyAdd(TVector.Load(p + k), TVector.Load(x + k), even);
            (even + odd).Store(lanes);
            sums[row] = Finish(lanes, p, x, vectors, steps);
        }
    }

    /// <summary>Columns are contiguous: the sum of the columns times the elements of x, four at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(T* matrix, nint stepStride, T* x, nint xStride, int rows, nint steps, T* sums)
    {
        new Span<T>(sums, rows).Clear();
        int vectorized = rows - rows % TVector.Count;
        nint k = 0;
        for (; k <= steps - 4; k += 4)
        {
            T* p0 = matrix + k * stepStride;
            T* p1 = p0 + stepStride;
            T* p2 = p1 + stepStride;
            T* p3 = p2 + stepStride;
            T x0 = x[k * xStride], x1 = x[(k + 1) * xStride], x2 = x[(k + 2) * xStride], x3 = x[(k + 3) * xStride];
            TVector v0 = TVector.Create(x0), v1 = TVector.Create(x1), v2 = TVector.Create(x2), v3 = TVector.Create(x3);
            for (int i = 0; i < vectorized; i += TVector.Count)
            {
                TVector sum = TVector.MultiplyAdd(TVector.Load(p0 + i), v0, TVector.Load(sums + i));
                sum = TVector.MultiplyAdd(TVector.Load(p1 + i), v1, sum);
                sum = TVector.MultiplyAdd(TVector.Load(p2 + i), v2, sum);
                TVector.MultiplyAdd(TVector.Load(p3 + i), v3, sum).Store(sums + i);
            }
            for (int i = vectorized; i < rows; i++)
            {
                T sum = T.MultiplyAddEstimate(p1[i], x1, T.MultiplyAddEstimate(p0[i], x0, sums[i]));
                sums[i] = T.MultiplyAddEstimate(p3[i], x3, T.MultiplyAddEstimate(p2[i], x2, sum));
            }
        }
        for (; k < steps; k++)
        {
            T* p = matrix + k * stepStride;
            T factor = x[k * xStride];
            for (int i = 0; i < vectorized; i += TVector.Count)
                TVector.MultiplyAdd(TVector.Load(p + i), TVector.Create(factor), TVector.Load(sums + i)).Store(sums + i);
            for (int i = vectorized; i < rows; i++)
                sums[i] = T.MultiplyAddEstimate(p[i], factor, sums[i]);
        }
    }

    /// <summary>Any strides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Strided(T* matrix, nint rowStride, nint stepStride, T* x, nint xStride, int rows, nint steps, T* sums)
    {
        for (int row = 0; row < rows; row++, matrix += rowStride)
        {
            T sum = T.Zero;
            for (nint k = 0; k < steps; k++)
                sum = T.MultiplyAddEstimate(matrix[k * stepStride], x[k * xStride], sum);
            sums[row] = sum;
        }
    }

    /// <summary>Adds up the lanes in pairs, then the elements that filled no vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Finish(T* lanes, T* p, T* x, nint k, nint steps)
    {
        for (int width = TVector.Count / 2; width > 0; width /= 2)
        {
            for (int i = 0; i < width; i++)
                lanes[i] += lanes[i + width];
        }
        T sum = lanes[0];
        for (; k < steps; k++)
            sum = T.MultiplyAddEstimate(p[k], x[k], sum);
        return sum;
    }
}
