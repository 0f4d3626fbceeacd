using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Finds the order of the elements along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    /// <returns>The positions, of Int64 and of the same shape; equals keep their order. NaN is larger than all numbers.</returns>
    /// <remarks>No gradient flows through it.</remarks>
    /// <exception cref="ShapeException">The axis is out of range, or longer than 2³¹ − 1.</exception>
    /// <exception cref="DTypeException">The tensor is of a storage dtype.</exception>
    public Tensor ArgSort(int axis = -1, bool descending = false)
    {
        if (Rank == 0)
            return Zeros(Shape, DType.Int64, Device);
        axis = Axes.Normalize(axis, Rank, nameof(ArgSort));
        ArgSortOp.RequireLength(nameof(ArgSort), Shape, axis);
        return Op.Apply(new ArgSortOp(axis, descending), this);
    }

    /// <summary>Sorts the elements along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    /// <returns>The elements in order, and where each came from, of Int64; equals keep their order. NaN is larger than all numbers.</returns>
    /// <remarks>The gradient goes back to where an element came from.</remarks>
    /// <exception cref="ShapeException">The axis is out of range, or longer than 2³¹ − 1.</exception>
    /// <exception cref="DTypeException">The tensor is of a storage dtype.</exception>
    public (Tensor Values, Tensor Indices) Sort(int axis = -1, bool descending = false)
    {
        if (DType != DType.Bool)
            Require.Numeric(nameof(Sort), DType);
        Tensor indices = ArgSort(axis, descending);
        return (Rank == 0 ? Clone() : Op.Apply(new GatherOp(Axes.Normalize(axis, Rank, nameof(Sort))), this, indices), indices);
    }
}

internal sealed class ArgSortOp(int axis, bool descending) : RunningIndexOp(axis)
{
    protected override bool TakesBool => true;

    /// <exception cref="ShapeException">The axis is longer than positions are counted in.</exception>
    public static void RequireLength(string name, Shape shape, int axis)
    {
        if (shape.Span[axis] > int.MaxValue)
            throw new ShapeException($"{name}: axis {axis} of {shape} is longer than {int.MaxValue}, the most that is sorted. Cut it.");
    }

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<long> y) => backend.ArgSort(x, Axis, descending, y);
}
