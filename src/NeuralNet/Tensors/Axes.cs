namespace NeuralNet;

/// <summary>Normalises axis numbers, once, at the public boundary.</summary>
internal static class Axes
{
    private static readonly int[][] s_all = [.. Enumerable.Range(0, Shape.MaxRank + 1).Select(static rank => Enumerable.Range(0, rank).ToArray())];

    private static readonly int[][] s_single = [.. Enumerable.Range(0, Shape.MaxRank).Select(static axis => new[] { axis })];

    /// <summary>Turns an axis that may count from the end into one in [0, rank).</summary>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    public static int Normalize(int axis, int rank, string where)
    {
        int normalized = axis < 0 ? axis + rank : axis;
        if ((uint)normalized < (uint)rank)
            return normalized;
        throw new ShapeException(rank == 0
            ? $"{where}: axis {axis} of a scalar, which has no axes. Leave the axis out."
            : $"{where}: axis {axis} is out of range for {(rank == 1 ? "one axis" : $"{rank} axes")}. Use {-rank} to {rank - 1}.");
    }

    /// <summary>Normalises several axes; an empty list means all of them. The result is not to be written.</summary>
    /// <exception cref="ShapeException">An axis is out of range or named twice.</exception>
    public static int[] NormalizeAll(ReadOnlySpan<int> axes, int rank, string where)
    {
        if (axes.IsEmpty)
            return s_all[rank];
        if (axes.Length == 1)
            return s_single[Normalize(axes[0], rank, where)];
        int[] normalized = new int[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            normalized[i] = Normalize(axes[i], rank, where);
            if (normalized.AsSpan(0, i).Contains(normalized[i]))
                throw new ShapeException($"{where}: axis {axes[i]} is named twice in [{string.Join(", ", axes.ToArray())}]. Name each "
                    + "axis once.");
        }
        return normalized;
    }
}
