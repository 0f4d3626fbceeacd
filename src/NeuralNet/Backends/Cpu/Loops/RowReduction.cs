using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// Combines the elements that one output depends on, row by row. Blocks are combined eight elements or vectors after the other, and the
/// blocks' results pairwise, so that the rounding error of a sum grows with the logarithm of its length.
/// </summary>
internal static unsafe class RowReduction<T, TAcc, TOp, TVector>
    where T : unmanaged
    where TAcc : unmanaged
    where TOp : struct, IReductionOperator<T, TAcc>
    where TVector : struct, ISimd<TVector, TAcc>
{
    /// <summary>The elements of a block; eight are combined pairwise, and the eights one after the other.</summary>
    private const int BlockLength = 128;

    /// <summary>The vectors of a block: eight accumulators hide the latency of an addition, each takes eight vectors.</summary>
    private const int BlockVectors = 64;

    /// <summary>Halves of any 64-bit number of blocks.</summary>
    private const int MaxLevels = 64;

    /// <summary>Parts of a row that begin at a multiple of this are cut into the same blocks as the whole row.</summary>
    public static int Alignment => TOp.IsVectorized && TVector.Count > 1 ? BlockVectors * TVector.Count : BlockLength;

    /// <summary>Combines one row, which is not empty.</summary>
    public static TAcc Run(TOp op, byte* x, nint stride, nint count)
    {
        if (IsVectorized(stride, count))
        {
            if (count <= BlockVectors * TVector.Count)
                return Fold(op, CombineVectors(op, (TAcc*)x, count));
        }
        else if (count <= BlockLength)
        {
            return CombineElements(op, op.Identity, x, stride, count);
        }
        LoopPlan row = LoopPlan.SingleRow(stride, count);
        return Run(op, x, row);
    }

    /// <summary>Combines all rows of a plan, whose only operand holds distances from <paramref name="x"/>.</summary>
    public static TAcc Run(TOp op, byte* x, in LoopPlan plan)
    {
        long* position = stackalloc long[Shape.MaxRank];
        Row row = plan.Seek(0, position);
        return IsVectorized(row.S0, row.Count) ? RunVectors(op, x, plan, row, position) : RunElements(op, x, plan, row, position);
    }

    private static bool IsVectorized(nint stride, nint count) =>
        TOp.IsVectorized && TVector.Count > 1 && stride == sizeof(TAcc) && count >= TVector.Count;

    [SkipLocalsInit]
    private static TAcc RunVectors(TOp op, byte* x, in LoopPlan plan, Row row, long* position)
    {
        TAcc* partials = stackalloc TAcc[MaxLevels * TVector.Count];
        int depth = 0;
        long blocks = 0;
        nint blockLength = BlockVectors * TVector.Count;
        for (long rows = plan.Rows; rows > 0; rows--)
        {
            TAcc* start = (TAcc*)(x + (nint)row.P0);
            for (nint done = 0; done < row.Count; done += blockLength)
            {
                TVector partial = CombineVectors(op, start + done, Math.Min(blockLength, row.Count - done));
                // As many pairs are complete as the number of blocks before this one has trailing ones.
                for (long pairs = blocks++; (pairs & 1) != 0; pairs >>= 1)
                    partial = op.Combine(TVector.Load(partials + --depth * TVector.Count), partial);
                partial.Store(partials + depth++ * TVector.Count);
            }
            plan.Advance(ref row, position);
        }
        TVector result = TVector.Load(partials + --depth * TVector.Count);
        while (depth > 0)
            result = op.Combine(TVector.Load(partials + --depth * TVector.Count), result);
        return Fold(op, result);
    }

    [SkipLocalsInit]
    private static TAcc RunElements(TOp op, byte* x, in LoopPlan plan, Row row, long* position)
    {
        TAcc* partials = stackalloc TAcc[MaxLevels];
        int depth = 0;
        long blocks = 0;
        TAcc partial = op.Identity;
        nint free = BlockLength;
        for (long rows = plan.Rows; rows > 0; rows--)
        {
            byte* start = x + (nint)row.P0;
            for (nint done = 0; done < row.Count;)
            {
                nint count = Math.Min(free, row.Count - done);
                partial = CombineElements(op, partial, start + done * row.S0, row.S0, count);
                done += count;
                free -= count;
                if (free > 0)
                    continue;
                for (long pairs = blocks++; (pairs & 1) != 0; pairs >>= 1)
                    partial = op.Combine(partials[--depth], partial);
                partials[depth++] = partial;
                partial = op.Identity;
                free = BlockLength;
            }
            plan.Advance(ref row, position);
        }
        while (depth > 0)
            partial = op.Combine(partials[--depth], partial);
        return partial;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TAcc CombineElements(TOp op, TAcc first, byte* x, nint stride, nint count)
    {
        TAcc result = first;
        for (; count >= 8; count -= 8, x += 8 * stride)
            result = op.Combine(result, op.Combine(CombineFour(op, x, stride), CombineFour(op, x + 4 * stride, stride)));
        for (; count > 0; count--, x += stride)
            result = op.Combine(result, op.Lift(*(T*)x));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TAcc CombineFour(TOp op, byte* x, nint stride) => op.Combine(
        op.Combine(op.Lift(*(T*)x), op.Lift(*(T*)(x + stride))),
        op.Combine(op.Lift(*(T*)(x + 2 * stride)), op.Lift(*(T*)(x + 3 * stride))));

    /// <summary>Combines at least one vector of elements into one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector CombineVectors(TOp op, TAcc* x, nint count)
    {
        nint width = TVector.Count;
        nint i = width;
        TVector v0 = TVector.Load(x);
        if (count >= 8 * width)
        {
            TVector v1 = TVector.Load(x + width);
            TVector v2 = TVector.Load(x + 2 * width);
            TVector v3 = TVector.Load(x + 3 * width);
            TVector v4 = TVector.Load(x + 4 * width);
            TVector v5 = TVector.Load(x + 5 * width);
            TVector v6 = TVector.Load(x + 6 * width);
            TVector v7 = TVector.Load(x + 7 * width);
            for (i = 8 * width; i <= count - 8 * width; i += 8 * width)
            {
                v0 = op.Combine(v0, TVector.Load(x + i));
                v1 = op.Combine(v1, TVector.Load(x + i + width));
                v2 = op.Combine(v2, TVector.Load(x + i + 2 * width));
                v3 = op.Combine(v3, TVector.Load(x + i + 3 * width));
                v4 = op.Combine(v4, TVector.Load(x + i + 4 * width));
                v5 = op.Combine(v5, TVector.Load(x + i + 5 * width));
                v6 = op.Combine(v6, TVector.Load(x + i + 6 * width));
                v7 = op.Combine(v7, TVector.Load(x + i + 7 * width));
            }
            v0 = op.Combine(op.Combine(op.Combine(v0, v1), op.Combine(v2, v3)), op.Combine(op.Combine(v4, v5), op.Combine(v6, v7)));
        }
        for (; i <= count - width; i += width)
            v0 = op.Combine(v0, TVector.Load(x + i));
        return i == count ? v0 : op.Combine(v0, LoadPart(op, x + i, count - i));
    }

    [SkipLocalsInit]
    private static TVector LoadPart(TOp op, TAcc* x, nint count)
    {
        TAcc* padded = stackalloc TAcc[TVector.Count];
        TVector.Create(op.Identity).Store(padded);
        for (nint i = 0; i < count; i++)
            padded[i] = x[i];
        return TVector.Load(padded);
    }

    /// <summary>Combines the elements of a vector, half with half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TAcc Fold(TOp op, TVector vector)
    {
        TAcc* elements = (TAcc*)Unsafe.AsPointer(ref vector);
        if (TVector.Count > Vector256<TAcc>.Count)
            CombineHalves<Vector256Simd<TAcc>>(op, elements);
        if (TVector.Count > Vector128<TAcc>.Count)
            CombineHalves<Vector128Simd<TAcc>>(op, elements);
        for (int half = Vector128<TAcc>.Count / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                elements[i] = op.Combine(elements[i], elements[i + half]);
        }
        return elements[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CombineHalves<THalf>(TOp op, TAcc* elements)
        where THalf : struct, ISimd<THalf, TAcc> =>
        op.Combine(THalf.Load(elements), THalf.Load(elements + THalf.Count)).Store(elements);
}
