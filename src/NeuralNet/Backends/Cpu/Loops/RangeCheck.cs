using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>Looks for indices out of range.</summary>
internal static unsafe class RangeCheck
{
    /// <summary>
    /// The position, in the logical order of the given axes, of the first index outside [0, limit) but for the ignored one, or −1.
    /// </summary>
    public static long Find(long* index, Layout layout, uint axes, long limit, long? ignored)
    {
        LoopPlan plan = new(index, sizeof(long), layout, axes, ordered: false);
        plan.Merge();
        long* position = stackalloc long[Shape.MaxRank];
        Row row = plan.Seek(0, position);
        for (long first = 0; first < plan.Count; first += plan.RowLength)
        {
            nint found = FindInRow(row.P0, row.S0, row.Count, limit, ignored);
            if (found >= 0)
                return first + found;
            plan.Advance(ref row, position);
        }
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint FindInRow(byte* index, nint stride, nint count, long limit, long? ignored)
    {
        for (nint i = 0; i < count; i++, index += stride)
        {
            // As unsigned numbers the negative ones are too large as well.
            if (*(ulong*)index >= (ulong)limit && *(long*)index != ignored)
                return i;
        }
        return -1;
    }
}
