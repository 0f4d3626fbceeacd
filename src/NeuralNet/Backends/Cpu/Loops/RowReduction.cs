using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    /// <summary>The vectors of a block: eight accumulators hide the latency of an addition, each takes 32 vectors.</summary>
    private const int BlockVectors = 256;

    /// <summary>The rows whose vectors wait in scratch memory.</summary>
    private const int TileRows = 64;

    /// <summary>Halves of any 64-bit number of blocks.</summary>
    private const int MaxLevels = 64;

    /// <summary>Parts of a row that begin at a multiple of this are cut into the same blocks as the whole row.</summary>
    public static int Alignment => TOp.IsVectorized && TVector.Count > 1 ? BlockVectors * TVector.Count : BlockLength;

    /// <summary>Combines rows of one length, which is not 0, each into an output of its own.</summary>
    public static void Run(TOp op, byte* x, nint xRow, nint stride, nint count, byte* y, nint yRow, nint rows)
    {
        if (NarrowReduction<T, TAcc, TOp, TVector>.Serves(xRow, stride, count, rows))
            NarrowReduction<T, TAcc, TOp, TVector>.Run(op, x, xRow, count, y, yRow, rows);
        else if (IsVectorized(stride, count) && count <= BlockVectors * TVector.Count)
            RunShortRows(op, x, xRow, count, y, yRow, rows);
        else
        {
            for (; rows > 0; rows--, x += xRow, y += yRow)
                *(TAcc*)y = Run(op, x, stride, count);
        }
    }

    /// <summary>Combines one row, which is not empty.</summary>
    public static TAcc Run(TOp op, byte* x, nint stride, nint count)
    {
        if (IsVectorized(stride, count))
            return RunVectors(op, (TAcc*)x, count);
        if (count <= BlockLength)
            return CombineElements(op, op.Identity, x, stride, count);
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

    /// <summary>Rows of one block at most: each becomes a vector, and the vectors are rows to be combined once more.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunShortRows(TOp op, byte* x, nint xRow, nint count, byte* y, nint yRow, nint rows)
    {
        TAcc* vectors = stackalloc TAcc[TileRows * TVector.Count];
        while (rows > 0)
        {
            nint tile = Math.Min(TileRows, rows);
            for (nint i = 0; i < tile; i++, x += xRow)
                CombineVectors(op, (TAcc*)x, count).Store(vectors + i * TVector.Count);
            nint row = TVector.Count * sizeof(TAcc);
            if (NarrowReduction<TAcc, TAcc, Folding, TVector>.Serves(row, sizeof(TAcc), TVector.Count, tile))
            {
                NarrowReduction<TAcc, TAcc, Folding, TVector>.Run(new(op), (byte*)vectors, row, TVector.Count, y, yRow, tile);
            }
            else
            {
                for (nint i = 0; i < tile; i++)
                    *(TAcc*)(y + i * yRow) = Fold(op, TVector.Load(vectors + i * TVector.Count));
            }
            y += tile * yRow;
            rows -= tile;
        }
    }

    [SkipLocalsInit]
    private static TAcc RunVectors(TOp op, TAcc* x, nint count)
    {
        if (Block(count) == count)
            return Fold(op, CombineVectors(op, x, count));
        TAcc* partials = stackalloc TAcc[MaxLevels * TVector.Count];
        Cascade cascade = new(partials);
        PushRow(op, ref cascade, x, count);
        return Fold(op, cascade.Combine(op));
    }

    [SkipLocalsInit]
    private static TAcc RunVectors(TOp op, byte* x, in LoopPlan plan, Row row, long* position)
    {
        TAcc* partials = stackalloc TAcc[MaxLevels * TVector.Count];
        Cascade cascade = new(partials);
        for (long rows = plan.Rows; rows > 0; rows--)
        {
            PushRow(op, ref cascade, (TAcc*)(x + (nint)row.P0), row.Count);
            plan.Advance(ref row, position);
        }
        return Fold(op, cascade.Combine(op));
    }

    private static void PushRow(TOp op, ref Cascade cascade, TAcc* x, nint count)
    {
        while (count > 0)
        {
            nint block = Block(count);
            cascade.Push(op, CombineVectors(op, x, block));
            x += block;
            count -= block;
        }
    }

    /// <summary>The length of the next block: one of less than a vector belongs to the one before.</summary>
    private static nint Block(nint left)
    {
        nint block = BlockVectors * TVector.Count;
        return left < block + TVector.Count ? left : block;
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
        nint left = count;
        TVector v0 = TVector.Load(x);
        if (left >= 8 * width)
        {
            TVector v1 = TVector.Load(x + width);
            TVector v2 = TVector.Load(x + 2 * width);
            TVector v3 = TVector.Load(x + 3 * width);
            TVector v4 = TVector.Load(x + 4 * width);
            TVector v5 = TVector.Load(x + 5 * width);
            TVector v6 = TVector.Load(x + 6 * width);
            TVector v7 = TVector.Load(x + 7 * width);
            x += 8 * width;
            for (left -= 8 * width; left >= 8 * width; left -= 8 * width, x += 8 * width)
            {
                v0 = op.Combine(v0, TVector.Load(x));
                v1 = op.Combine(v1, TVector.Load(x + width));
                v2 = op.Combine(v2, TVector.Load(x + 2 * width));
                v3 = op.Combine(v3, TVector.Load(x + 3 * width));
                v4 = op.Combine(v4, TVector.Load(x + 4 * width));
                v5 = op.Combine(v5, TVector.Load(x + 5 * width));
                v6 = op.Combine(v6, TVector.Load(x + 6 * width));
                v7 = op.Combine(v7, TVector.Load(x + 7 * width));
            }
            if (left >= 4 * width)
            {
                v4 = op.Combine(v4, TVector.Load(x));
                v5 = op.Combine(v5, TVector.Load(x + width));
                v6 = op.Combine(v6, TVector.Load(x + 2 * width));
                v7 = op.Combine(v7, TVector.Load(x + 3 * width));
                x += 4 * width;
                left -= 4 * width;
            }
            v0 = op.Combine(op.Combine(op.Combine(v0, v1), op.Combine(v2, v3)), op.Combine(op.Combine(v4, v5), op.Combine(v6, v7)));
        }
        else
        {
            x += width;
            left -= width;
        }
        for (; left >= width; left -= width, x += width)
            v0 = op.Combine(v0, TVector.Load(x));
        if (left == 0)
            return v0;
        // In the vector that ends with the row, elements that were combined before give way to the identity.
        TVector last = TVector.Load(x + left - width);
        TVector isNew = TVector.Load((TAcc*)LastBytes((int)left * sizeof(TAcc), (int)width * sizeof(TAcc)));
        return op.Combine(v0, TVector.Select(isNew, last, TVector.Create(op.Identity)));
    }

    /// <summary>A mask of the last bytes of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* LastBytes(int count, int width)
    {
        ReadOnlySpan<byte> zerosAndOnes =
        [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
            255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        ];
        return (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(zerosAndOnes)) + (64 - width + count);
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

    /// <summary>The operator on what it has lifted already.</summary>
    private readonly struct Folding(TOp op) : IReductionOperator<TAcc, TAcc>
    {
        public static bool IsVectorized => TOp.IsVectorized;

        public TAcc Identity => op.Identity;

        public TAcc Lift(TAcc x) => x;

        public TAcc Combine(TAcc a, TAcc b) => op.Combine(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TOther Combine<TOther>(TOther a, TOther b)
            where TOther : struct, ISimd<TOther, TAcc> => op.Combine(a, b);
    }

    /// <summary>The results of blocks, combined pairwise as they come.</summary>
    /// <param name="partials">Room for one vector a level.</param>
    private ref struct Cascade(TAcc* partials)
    {
        private readonly TAcc* _partials = partials;
        private int _depth;
        private long _blocks;

        public void Push(TOp op, TVector partial)
        {
            // As many pairs are complete as the number of blocks before this one has trailing ones.
            for (long pairs = _blocks++; (pairs & 1) != 0; pairs >>= 1)
                partial = op.Combine(TVector.Load(_partials + --_depth * TVector.Count), partial);
            partial.Store(_partials + _depth++ * TVector.Count);
        }

        /// <summary>Combines what is left of at least one block.</summary>
        public TVector Combine(TOp op)
        {
            TVector result = TVector.Load(_partials + --_depth * TVector.Count);
            while (_depth > 0)
                result = op.Combine(TVector.Load(_partials + --_depth * TVector.Count), result);
            return result;
        }
    }
}
