namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Finds the most frequent element along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <returns>The elements, the smallest of equally frequent ones, and the position of the last of each, of Int64.</returns>
    /// <remarks>The gradient goes to the element at the position.</remarks>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public (Tensor Values, Tensor Indices) Mode(int axis = -1, bool keepDims = false)
    {
        axis = Axes.Normalize(axis, Rank, nameof(Mode));
        Require.Numeric(nameof(Mode), DType);
        long size = RequireElements(nameof(Mode), axis);
        (Tensor sorted, Tensor order) = Detach().Sort(axis);
        // In sorted order equals stand in a run, which is longest, from its start, at its last element.
        Tensor isStart = sorted.NotEqual(sorted.Roll(1, axis));
        long[] along = new long[Rank];
        along.AsSpan().Fill(1);
        along[axis] = size;
        Tensor positions = Arange(size, device: Device).Reshape(new Shape(along.AsSpan()));
        Tensor starts = Where(isStart, positions, 0).CumMax(axis).Values;
        Tensor last = (positions - starts).ArgMax(axis, keepDims: true);
        return Picked(axis, order.Gather(axis, last), keepDims);
    }
}
