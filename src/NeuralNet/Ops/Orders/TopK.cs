using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Finds the largest (or smallest) elements along an axis.</summary>
    /// <param name="k">How many.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="largest">Whether the largest or the smallest are found.</param>
    /// <returns>The elements, the best first, and where each came from, of Int64; of equals the first. NaN is larger than all numbers.</returns>
    /// <remarks>The gradient goes back to where an element came from.</remarks>
    /// <exception cref="ShapeException">The axis is out of range, or the tensor a scalar.</exception>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many elements.</exception>
    public (Tensor Values, Tensor Indices) TopK(long k, int axis = -1, bool largest = true)
    {
        axis = Axes.Normalize(axis, Rank, nameof(TopK));
        if (k < 0 || k > Shape.Span[axis])
            throw new ArgumentOutOfRangeException(nameof(k), k, $"TopK: {k} elements of axis {axis} of {Shape}. Ask for 0 to "
                + $"{Shape.Span[axis]}.");
        ArgSortOp.RequireLength(nameof(TopK), Shape, axis);
        Tensor indices = Op.Apply(new TopKOp(k, axis, largest), this);
        return (Op.Apply(new GatherOp(axis), this, indices), indices);
    }
}

internal sealed class TopKOp(long k, int axis, bool largest) : RunningIndexOp(axis)
{
    protected override Shape InferShape(Shape x) => x.With(Axis, k);

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<long> y) => backend.TopK(x, Axis, largest, y);
}
