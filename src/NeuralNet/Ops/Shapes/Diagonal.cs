namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Takes a diagonal of two axes, without copying.</summary>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones are above it.</param>
    /// <param name="axis1">The axis of the rows; negative ones count from the end.</param>
    /// <param name="axis2">The axis of the columns.</param>
    /// <returns>A view without the two axes and with the diagonal as its last.</returns>
    /// <exception cref="ShapeException">An axis is out of range, or both are the same.</exception>
    public Tensor Diagonal(long offset = 0, int axis1 = 0, int axis2 = 1)
    {
        int[] axes = Axes.NormalizeAll([axis1, axis2], Rank, nameof(Diagonal));
        (long rows, long columns) = (Shape.Span[axes[0]], Shape.Span[axes[1]]);
        long firstRow = Math.Min(rows, Math.Max(0, -offset));
        long firstColumn = Math.Min(columns, Math.Max(0, offset));
        long length = Math.Min(rows - firstRow, columns - firstColumn);
        int[] targets = new int[Rank];
        int next = 0;
        for (int axis = 0; axis < targets.Length; axis++)
            targets[axis] = axes.Contains(axis) ? Rank - 2 : next++;
        return Slice(axes[0], firstRow, length).Slice(axes[1], firstColumn, length).TieAxes(targets);
    }

    /// <summary>Makes matrices with the elements of the last axis on a diagonal, and zeros elsewhere.</summary>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones are above it.</param>
    /// <returns>A tensor of [… , n, n] with n = size + |offset|.</returns>
    /// <exception cref="ShapeException">The tensor is a scalar.</exception>
    public Tensor DiagEmbed(long offset = 0)
    {
        if (Rank == 0)
            throw new ShapeException("DiagEmbed: a scalar has no axis to put on a diagonal. Use Reshape(1).");
        int[] targets = [.. Enumerable.Range(0, Rank), Rank - 1];
        Tensor matrices = Op.Apply(new TieAxesGradOp(targets, new([.. Shape.Span, Shape[-1]])), this);
        (long above, long below) = (Math.Max(0, offset), Math.Max(0, -offset));
        return offset == 0 ? matrices : matrices.Pad([above, below, below, above]);
    }

    /// <summary>Takes a diagonal of a matrix, or makes a matrix of a vector.</summary>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones are above it.</param>
    /// <returns>A vector for a matrix, a matrix for a vector.</returns>
    /// <exception cref="ShapeException">The tensor is neither.</exception>
    public Tensor Diag(long offset = 0) => Rank switch
    {
        1 => DiagEmbed(offset),
        2 => Diagonal(offset),
        _ => throw new ShapeException($"Diag: a tensor of {Shape} is neither a vector nor a matrix. Use Diagonal or DiagEmbed."),
    };
}
