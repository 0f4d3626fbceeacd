using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// Combines rows element by element, for outputs that lie beside each other: sixteen rows at a time in registers, and the results of such
/// blocks pairwise, so that the rounding error of a sum grows with the logarithm of the number of rows.
/// </summary>
internal static unsafe class ColumnReduction<T, TAcc, TOp, TVector>
    where T : unmanaged
    where TAcc : unmanaged
    where TOp : struct, IReductionOperator<T, TAcc>
    where TVector : struct, ISimd<TVector, TAcc>
{
    /// <summary>The rows of a block.</summary>
    public const int BlockRows = 16;

    /// <summary>Widths are multiples of it, so that vectors fill all tiles but the last.</summary>
    private const int WidthStep = 32;

    /// <summary>The largest number of outputs of one call: partial results of that many stay in the nearest cache.</summary>
    private static int MaxWidth => 4096 / sizeof(TAcc);

    /// <summary>Cuts a row of outputs into tiles of about the same width.</summary>
    public static long TileWidth(long rowLength)
    {
        long tiles = (rowLength + MaxWidth - 1) / MaxWidth;
        long width = (rowLength + tiles - 1) / tiles;
        return tiles == 1 ? width : (width + WidthStep - 1) / WidthStep * WidthStep;
    }

    /// <summary>Whether the columns of a small matrix are reduced to a row, both without gaps.</summary>
    public static bool IsBlock(Layout x, Layout y) =>
        x.Rank == 2 && x.IsContiguous && y.IsContiguous && x.Sizes[0] <= BlockRows && x.Sizes[1] <= MaxWidth && x.Sizes[1] == y.Sizes[1] && y.Sizes[0] == 1;

    /// <summary>Reduces the columns of a matrix of at most a block's rows.</summary>
    public static void RunBlock(TOp op, T* x, int count, TAcc* y, int width)
    {
        byte** rows = stackalloc byte*[BlockRows];
        for (int i = 0; i < count; i++)
            rows[i] = (byte*)(x + (nint)i * width);
        if (TOp.IsVectorized && TVector.Count > 1)
            CombineVectors(op, rows, count, y, width);
        else
            CombineElements(op, rows, sizeof(T), count, y, width);
    }

    /// <summary>Reduces over all positions of a plan, whose only operand holds distances from <paramref name="x"/>.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="plan">The reduced axes.</param>
    /// <param name="x">The element of the first output at the first position.</param>
    /// <param name="xStride">The distance in bytes to the element of the next output.</param>
    /// <param name="y">The first output.</param>
    /// <param name="yStride">The distance in bytes to the next output.</param>
    /// <param name="width">The number of outputs, at most <see cref="TileWidth"/>.</param>
    [SkipLocalsInit]
    public static void Run(TOp op, in LoopPlan plan, byte* x, nint xStride, byte* y, nint yStride, int width)
    {
        bool isVectorized = TOp.IsVectorized && TVector.Count > 1 && xStride == sizeof(T);
        if (isVectorized && width <= TVector.Count && plan.Rank == 1 && plan.Stride(0, 0) == width * sizeof(T))
        {
            int together = RowsTogether(width);
            if (plan.Count >= BlockRows * together)
            {
                RunTogether(op, plan, x, y, yStride, width, together);
                return;
            }
        }
        byte** rows = stackalloc byte*[BlockRows];
        // One more than the halves of the number of blocks: the newest block stands above the partial results.
        int levels = BitOperations.Log2((ulong)(plan.Count / BlockRows) + 1) + 3;
        TAcc* partials = stackalloc TAcc[levels * width];
        long* position = stackalloc long[Shape.MaxRank];
        Row row = plan.Seek(0, position);
        nint inRow = 0;
        int depth = 0;
        long blocks = 0;
        for (long done = 0; done < plan.Count; done += BlockRows)
        {
            int count = (int)Math.Min(BlockRows, plan.Count - done);
            for (int i = 0; i < count; i++)
            {
                rows[i] = x + (nint)row.P0 + inRow * row.S0;
                if (++inRow < row.Count)
                    continue;
                inRow = 0;
                plan.Advance(ref row, position);
            }
            TAcc* partial = partials + depth * width;
            if (isVectorized)
                CombineVectors(op, rows, count, partial, width);
            else
                CombineElements(op, rows, xStride, count, partial, width);
            // As many pairs are complete as the number of blocks before this one has trailing ones.
            for (long pairs = blocks++; (pairs & 1) != 0; pairs >>= 1)
                CombinePair(op, partials + --depth * width, width);
            depth++;
        }
        while (--depth > 0)
            CombinePair(op, partials + (depth - 1) * width, width);
        if (yStride == sizeof(TAcc))
            new ReadOnlySpan<TAcc>(partials, width).CopyTo(new Span<TAcc>(y, width));
        else
            CopyTo(partials, y, yStride, width);
    }

    /// <summary>How many rows of few elements make a row of four vectors, or of several times four: a power of two.</summary>
    private static int RowsTogether(int width) => 4 * TVector.Count / Math.Min(4 * TVector.Count, width & -width);

    /// <summary>
    /// Rows of few elements that lie behind each other are combined as longer ones, which fill vectors; the halves of the result are combined until one row
    /// is left. The rows that fill no long one come last.
    /// </summary>
    [SkipLocalsInit]
    private static void RunTogether(TOp op, in LoopPlan plan, byte* x, byte* y, nint yStride, int width, int together)
    {
        TAcc* results = stackalloc TAcc[together * width];
        (long count, long left) = Math.DivRem(plan.Count, together);
        LoopPlan rows = LoopPlan.SingleRow(plan.Stride(0, 0) * together, count);
        Run(op, rows, x + (nint)plan.Start(0), sizeof(T), (byte*)results, sizeof(TAcc), together * width);
        for (int half = together / 2; half > 0; half /= 2)
            CombinePair(op, results, half * width);
        if (left > 0)
        {
            Run(op, plan.Slice(plan.Count - left, left), x, sizeof(T), (byte*)(results + width), sizeof(TAcc), width);
            CombinePair(op, results, width);
        }
        CopyTo(results, y, yStride, width);
    }

    private static void CopyTo(TAcc* results, byte* y, nint yStride, int width)
    {
        for (int i = 0; i < width; i++)
            *(TAcc*)(y + i * yStride) = results[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombineVectors(TOp op, byte** rows, int count, TAcc* result, int width)
    {
        int vector = TVector.Count;
        int column = 0;
        for (; column <= width - 4 * vector; column += 4 * vector)
        {
            TAcc* x = (TAcc*)rows[0] + column;
            TVector v0 = TVector.Load(x);
            TVector v1 = TVector.Load(x + vector);
            TVector v2 = TVector.Load(x + 2 * vector);
            TVector v3 = TVector.Load(x + 3 * vector);
            for (int i = 1; i < count; i++)
            {
                x = (TAcc*)rows[i] + column;
                v0 = op.Combine(v0, TVector.Load(x));
                v1 = op.Combine(v1, TVector.Load(x + vector));
                v2 = op.Combine(v2, TVector.Load(x + 2 * vector));
                v3 = op.Combine(v3, TVector.Load(x + 3 * vector));
            }
            v0.Store(result + column);
            v1.Store(result + column + vector);
            v2.Store(result + column + 2 * vector);
            v3.Store(result + column + 3 * vector);
        }
        while (column < width && width >= vector)
        {
            // The last vector overlaps the one before, and computes the same there.
            column = Math.Min(column, width - vector);
            TVector v = TVector.Load((TAcc*)rows[0] + column);
            for (int i = 1; i < count; i++)
                v = op.Combine(v, TVector.Load((TAcc*)rows[i] + column));
            v.Store(result + column);
            column += vector;
        }
        for (; column < width; column++)
        {
            TAcc v = ((TAcc*)rows[0])[column];
            for (int i = 1; i < count; i++)
                v = op.Combine(v, ((TAcc*)rows[i])[column]);
            result[column] = v;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombineElements(TOp op, byte** rows, nint xStride, int count, TAcc* result, int width)
    {
        for (int column = 0; column < width; column++)
        {
            TAcc v = op.Lift(*(T*)(rows[0] + column * xStride));
            for (int i = 1; i < count; i++)
                v = op.Combine(v, op.Lift(*(T*)(rows[i] + column * xStride)));
            result[column] = v;
        }
    }

    /// <summary>Combines partial results with those that follow them on the stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombinePair(TOp op, TAcc* first, int width)
    {
        TAcc* second = first + width;
        int column = 0;
        if (TOp.IsVectorized && TVector.Count > 1)
        {
            for (; column <= width - TVector.Count; column += TVector.Count)
                op.Combine(TVector.Load(first + column), TVector.Load(second + column)).Store(first + column);
        }
        for (; column < width; column++)
            first[column] = op.Combine(first[column], second[column]);
    }
}
