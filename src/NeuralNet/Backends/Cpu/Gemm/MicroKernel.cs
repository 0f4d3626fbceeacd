using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>
/// The inner loop of every product: a tile of up to 14 rows and two vectors of c, held in registers over the whole sum. The JIT folds the
/// type parameters' numbers, so that one source gives an exact kernel for each height and width.
/// </summary>
/// <remarks>
/// Each accumulator is a local of its own: any array, even an inline one, would live in memory and cost half of the speed. Rows of a are
/// addressed as base + {0, 1, 2} · stride from five base pointers, since there are not fourteen registers for pointers.
/// </remarks>
internal static unsafe class MicroKernel<T, TVector, TRows, TVectors>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
    where TRows : struct, ICount
    where TVectors : struct, ICount
{
    /// <summary>c = a · b, or c += a · b, for k ≥ 0 steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in Tile<T> tile)
    {
        byte* a0 = (byte*)tile.A;
        byte* b = (byte*)tile.B;
        nint row = tile.ARowStride;
        nint aStep = tile.AStepStride;
        nint bStep = tile.BStepStride;
        byte* a3 = a0 + 3 * row;
        byte* a6 = a0 + 6 * row;
        byte* a9 = a0 + 9 * row;
        byte* a12 = a0 + 12 * row;
        TVector left0 = default, right0 = default;
        TVector left1 = default, right1 = default;
        TVector left2 = default, right2 = default;
        TVector left3 = default, right3 = default;
        TVector left4 = default, right4 = default;
        TVector left5 = default, right5 = default;
        TVector left6 = default, right6 = default;
        TVector left7 = default, right7 = default;
        TVector left8 = default, right8 = default;
        TVector left9 = default, right9 = default;
        TVector left10 = default, right10 = default;
        TVector left11 = default, right11 = default;
        TVector left12 = default, right12 = default;
        TVector left13 = default, right13 = default;
        TVector b1 = default;
        for (nint k = tile.Steps; k > 0; k--)
        {
            TVector b0 = TVector.Load((T*)b);
            if (TVectors.Value > 1)
                b1 = TVector.Load((T*)b + TVector.Count);
            TVector x = TVector.Create(*(T*)a0);
            left0 = TVector.MultiplyAdd(x, b0, left0);
            if (TVectors.Value > 1)
                right0 = TVector.MultiplyAdd(x, b1, right0);
            if (TRows.Value > 1)
            {
                x = TVector.Create(*(T*)(a0 + row));
                left1 = TVector.MultiplyAdd(x, b0, left1);
                if (TVectors.Value > 1)
                    right1 = TVector.MultiplyAdd(x, b1, right1);
            }
            if (TRows.Value > 2)
            {
                x = TVector.Create(*(T*)(a0 + 2 * row));
                left2 = TVector.MultiplyAdd(x, b0, left2);
                if (TVectors.Value > 1)
                    right2 = TVector.MultiplyAdd(x, b1, right2);
            }
            if (TRows.Value > 3)
            {
                x = TVector.Create(*(T*)a3);
                left3 = TVector.MultiplyAdd(x, b0, left3);
                if (TVectors.Value > 1)
                    right3 = TVector.MultiplyAdd(x, b1, right3);
            }
            if (TRows.Value > 4)
            {
                x = TVector.Create(*(T*)(a3 + row));
                left4 = TVector.MultiplyAdd(x, b0, left4);
                if (TVectors.Value > 1)
                    right4 = TVector.MultiplyAdd(x, b1, right4);
            }
            if (TRows.Value > 5)
            {
                x = TVector.Create(*(T*)(a3 + 2 * row));
                left5 = TVector.MultiplyAdd(x, b0, left5);
                if (TVectors.Value > 1)
                    right5 = TVector.MultiplyAdd(x, b1, right5);
            }
            if (TRows.Value > 6)
            {
                x = TVector.Create(*(T*)a6);
                left6 = TVector.MultiplyAdd(x, b0, left6);
                if (TVectors.Value > 1)
                    right6 = TVector.MultiplyAdd(x, b1, right6);
            }
            if (TRows.Value > 7)
            {
                x = TVector.Create(*(T*)(a6 + row));
                left7 = TVector.MultiplyAdd(x, b0, left7);
                if (TVectors.Value > 1)
                    right7 = TVector.MultiplyAdd(x, b1, right7);
            }
            if (TRows.Value > 8)
            {
                x = TVector.Create(*(T*)(a6 + 2 * row));
                left8 = TVector.MultiplyAdd(x, b0, left8);
                if (TVectors.Value > 1)
                    right8 = TVector.MultiplyAdd(x, b1, right8);
            }
            if (TRows.Value > 9)
            {
                x = TVector.Create(*(T*)a9);
                left9 = TVector.MultiplyAdd(x, b0, left9);
                if (TVectors.Value > 1)
                    right9 = TVector.MultiplyAdd(x, b1, right9);
            }
            if (TRows.Value > 10)
            {
                x = TVector.Create(*(T*)(a9 + row));
                left10 = TVector.MultiplyAdd(x, b0, left10);
                if (TVectors.Value > 1)
                    right10 = TVector.MultiplyAdd(x, b1, right10);
            }
            if (TRows.Value > 11)
            {
                x = TVector.Create(*(T*)(a9 + 2 * row));
                left11 = TVector.MultiplyAdd(x, b0, left11);
                if (TVectors.Value > 1)
                    right11 = TVector.MultiplyAdd(x, b1, right11);
            }
            if (TRows.Value > 12)
            {
                x = TVector.Create(*(T*)a12);
                left12 = TVector.MultiplyAdd(x, b0, left12);
                if (TVectors.Value > 1)
                    right12 = TVector.MultiplyAdd(x, b1, right12);
            }
            if (TRows.Value > 13)
            {
                x = TVector.Create(*(T*)(a12 + row));
                left13 = TVector.MultiplyAdd(x, b0, left13);
                if (TVectors.Value > 1)
                    right13 = TVector.MultiplyAdd(x, b1, right13);
            }
            a0 += aStep;
            if (TRows.Value > 3)
                a3 += aStep;
            if (TRows.Value > 6)
                a6 += aStep;
            if (TRows.Value > 9)
                a9 += aStep;
            if (TRows.Value > 12)
                a12 += aStep;
            b += bStep;
        }

        T* c = tile.C;
        nint cRow = tile.CRowStride;
        bool accumulate = tile.Accumulate;
        Write(c, left0, right0, accumulate);
        if (TRows.Value > 1)
            Write(c + 1 * cRow, left1, right1, accumulate);
        if (TRows.Value > 2)
            Write(c + 2 * cRow, left2, right2, accumulate);
        if (TRows.Value > 3)
            Write(c + 3 * cRow, left3, right3, accumulate);
        if (TRows.Value > 4)
            Write(c + 4 * cRow, left4, right4, accumulate);
        if (TRows.Value > 5)
            Write(c + 5 * cRow, left5, right5, accumulate);
        if (TRows.Value > 6)
            Write(c + 6 * cRow, left6, right6, accumulate);
        if (TRows.Value > 7)
            Write(c + 7 * cRow, left7, right7, accumulate);
        if (TRows.Value > 8)
            Write(c + 8 * cRow, left8, right8, accumulate);
        if (TRows.Value > 9)
            Write(c + 9 * cRow, left9, right9, accumulate);
        if (TRows.Value > 10)
            Write(c + 10 * cRow, left10, right10, accumulate);
        if (TRows.Value > 11)
            Write(c + 11 * cRow, left11, right11, accumulate);
        if (TRows.Value > 12)
            Write(c + 12 * cRow, left12, right12, accumulate);
        if (TRows.Value > 13)
            Write(c + 13 * cRow, left13, right13, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* c, TVector left, TVector right, bool accumulate)
    {
        if (accumulate)
            left = TVector.Load(c) + left;
        left.Store(c);
        if (TVectors.Value > 1)
        {
            if (accumulate)
                right = TVector.Load(c + TVector.Count) + right;
            right.Store(c + TVector.Count);
        }
    }
}
