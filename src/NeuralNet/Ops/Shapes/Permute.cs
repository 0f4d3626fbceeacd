namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Reverses the order of the axes: the transpose of a matrix.</summary>
    public Tensor T => Op.Apply(new PermuteOp([.. Enumerable.Range(0, Rank).Reverse()]), this);

    /// <summary>Reorders the axes, without moving data.</summary>
    /// <param name="axes">For each axis of the result, the axis it comes from; every axis once.</param>
    /// <returns>A view.</returns>
    /// <exception cref="ShapeException">The axes are not a permutation.</exception>
    public Tensor Permute(params ReadOnlySpan<int> axes)
    {
        if (axes.Length != Rank)
            throw new ShapeException($"Permute: {axes.Length} {(axes.Length == 1 ? "axis" : "axes")} for a tensor of {Shape}. Name "
                + $"each of its {Rank} axes once.");
        return Rank == 0 ? Unchanged() : Op.Apply(new PermuteOp(Axes.NormalizeAll(axes, Rank, nameof(Permute))), this);
    }

    /// <summary>Swaps two axes, by default the last two, without moving data.</summary>
    /// <returns>A view.</returns>
    /// <exception cref="ShapeException">An axis is out of range.</exception>
    public Tensor Transpose(int axis0 = -2, int axis1 = -1)
    {
        int[] order = [.. Enumerable.Range(0, Rank)];
        axis0 = Axes.Normalize(axis0, Rank, nameof(Transpose));
        axis1 = Axes.Normalize(axis1, Rank, nameof(Transpose));
        (order[axis0], order[axis1]) = (order[axis1], order[axis0]);
        return Op.Apply(new PermuteOp(order), this);
    }
}

internal sealed class PermuteOp(int[] order) : ViewOp
{
    protected override Layout View(Layout x) => x.Permute(order);

    protected override Tensor Backward(Tensor dy, Shape shape)
    {
        int[] inverse = new int[order.Length];
        for (int axis = 0; axis < order.Length; axis++)
            inverse[order[axis]] = axis;
        return Op.Apply(new PermuteOp(inverse), dy);
    }
}
