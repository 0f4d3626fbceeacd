using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>Runs a kernel over the rows of a plan, in pieces of a fixed size where there is enough to share among threads.</summary>
internal static unsafe class RowLoop
{
    /// <summary>From this many elements on, waking other threads pays even for the cheapest operations.</summary>
    public const long ParallelFrom = 32 * 1024;

    /// <summary>The elements of one piece: much dearer than handing it out, and small enough to spread evenly.</summary>
    public const long PieceLength = 16 * 1024;

    /// <summary>No piece of a row is shorter, so that threads write to cache lines of their own.</summary>
    private const long ShortestCut = 16;

    /// <summary>
    /// Rows are cut into pieces of this length where an operand lies across them: the cache lines that one row touches there are still in
    /// the cache when the next row needs their other elements.
    /// </summary>
    private const long CrossedCut = 64;

    /// <summary>Runs the kernel over all rows.</summary>
    /// <param name="workers">The threads.</param>
    /// <param name="plan">The loops.</param>
    /// <param name="kernel">The innermost loop.</param>
    /// <param name="work">What the kernel does for one element of a row, in steps of the cheapest operations.</param>
    public static void Run<TKernel>(WorkerPool workers, in LoopPlan plan, TKernel kernel, long work = 1)
        where TKernel : struct, IRowKernel
    {
        if (plan.Count == 0)
            return;
        work = Math.Max(1, work);
        if (plan.Count < ParallelFrom / work)
            Run(plan, kernel, 0, plan.Rows, 0, plan.RowLength);
        else
            RunPieces(workers, plan, kernel, work);
    }

    // Apart, so that few elements do not pay for a copy of the plan.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunPieces<TKernel>(WorkerPool workers, in LoopPlan plan, TKernel kernel, long work)
        where TKernel : struct, IRowKernel
    {
        long pieceLength = plan.IsCrossed ? CrossedCut : Math.Max(ShortestCut, PieceLength / work);
        Context<TKernel> context = new()
        {
            Plan = plan,
            Kernel = kernel,
            PieceLength = Math.Min(pieceLength, plan.RowLength),
        };
        context.RowsPerPiece = Math.Max(1, PieceLength / work / context.PieceLength);
        context.RowGroups = (plan.Rows + context.RowsPerPiece - 1) / context.RowsPerPiece;
        long pieces = context.RowGroups * ((plan.RowLength + context.PieceLength - 1) / context.PieceLength);
        if (pieces is 1 or > int.MaxValue)
            Run(plan, kernel, 0, plan.Rows, 0, plan.RowLength);
        else
            workers.Run(&RunPiece<TKernel>, Unsafe.AsPointer(ref context), (int)pieces);
    }

    private static void RunPiece<TKernel>(void* state, int piece)
        where TKernel : struct, IRowKernel
    {
        ref Context<TKernel> context = ref Unsafe.AsRef<Context<TKernel>>(state);
        (long part, long group) = Math.DivRem(piece, context.RowGroups);
        long firstRow = group * context.RowsPerPiece;
        long rows = Math.Min(context.RowsPerPiece, context.Plan.Rows - firstRow);
        long start = part * context.PieceLength;
        long count = Math.Min(context.PieceLength, context.Plan.RowLength - start);
        Run(context.Plan, context.Kernel, firstRow, rows, start, count);
    }

    private static void Run<TKernel>(in LoopPlan plan, TKernel kernel, long firstRow, long rows, long start, long count)
        where TKernel : struct, IRowKernel
    {
        long* position = stackalloc long[Shape.MaxRank];
        Row row = plan.Seek(firstRow, position);
        row.Skip(start);
        row.Count = (nint)count;
        while (true)
        {
            kernel.Run(row);
            if (--rows == 0)
                return;
            plan.Advance(ref row, position);
        }
    }

    private struct Context<TKernel>
        where TKernel : struct
    {
        public LoopPlan Plan;
        public TKernel Kernel;
        public long PieceLength;
        public long RowsPerPiece;
        public long RowGroups;
    }
}
