using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>Lists the positions of bytes that are not 0.</summary>
internal static unsafe class NonzeroList
{
    /// <summary>Writes the places on all axes of the first <paramref name="count"/> bytes that are not 0, in logical order.</summary>
    public static void Write(byte* mask, Layout layout, long* positions, long count)
    {
        LoopPlan plan = new(mask, sizeof(byte), layout, ordered: false);
        plan.Merge();
        long* place = stackalloc long[Shape.MaxRank];
        Row row = plan.Seek(0, place);
        long* next = positions;
        // Never beyond the rows there are, even if the mask was written since they were counted.
        long* end = positions + count * layout.Rank;
        for (long first = 0; first < plan.Count; first += plan.RowLength)
        {
            next = layout.Rank == 1 ? WriteRow(row, first, next, end) : WriteRow(row, first, layout.Sizes, next, end);
            plan.Advance(ref row, place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long* WriteRow(in Row row, long first, long* next, long* end)
    {
        byte* element = row.P0;
        for (nint i = 0; i < row.Count && next < end; i++, element += row.S0)
        {
            if (*element != 0)
                *next++ = first + i;
        }
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long* WriteRow(in Row row, long first, ReadOnlySpan<long> sizes, long* next, long* end)
    {
        byte* element = row.P0;
        for (nint i = 0; i < row.Count && next < end; i++, element += row.S0)
        {
            if (*element == 0)
                continue;
            long rest = first + i;
            for (int axis = sizes.Length - 1; axis >= 0; axis--)
                (rest, next[axis]) = Math.DivRem(rest, sizes[axis]);
            next += sizes.Length;
        }
        return next;
    }
}
