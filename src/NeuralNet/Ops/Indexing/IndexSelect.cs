using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>
    /// Takes slices at computed positions along an axis, such as the rows of an embedding: y[…, i, …] = x[…, index[i], …].
    /// </summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="index">The positions, a vector of Int64 or Int32.</param>
    /// <returns>A tensor of this one's shape, with as many slices along the axis as there are positions.</returns>
    /// <remarks>The gradient is added up where a position occurs several times (<see cref="ScatterAdd"/>).</remarks>
    /// <exception cref="ShapeException">The index is no vector, or the axis is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis.</exception>
    /// <exception cref="DTypeException">The index is not of integers.</exception>
    public Tensor IndexSelect(int axis, Tensor index)
    {
        axis = Axes.Normalize(axis, Rank, nameof(IndexSelect));
        index = Indices.OfSlices(nameof(IndexSelect), this, axis, index);
        return Op.Apply(new IndexSelectOp(axis), this, index);
    }
}

internal sealed class IndexSelectOp(int axis) : SelectionOp
{
    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs) => inputs[0].Shape.With(axis, inputs[1].Length);

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor zeros = Tensor.Zeros(SavedInput(0).Shape, dy.DType, dy.Device);
        gradients[0] = Op.Apply(new ScatterAddOp(axis), zeros, Indices.AlongAxis(SavedInput(1), axis, dy.Shape), dy);
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        // Expanded, the index has stride 0 on the other axes: the kernel then copies whole rows.
        Layout index = inputs[1].Layout.TryReshape(Indices.ShapeAlong(inputs[1].Length, axis, output.Rank))!.Expand(output.Shape);
        backend.Gather(inputs[0].View<T>(), inputs[1].View<long>(index), axis, output.View<T>());
    }
}
