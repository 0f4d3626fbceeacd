using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Takes elements at computed positions along an axis: y[…, i, …] = x[…, index[…, i, …], …].</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="index">The positions, of Int64 or Int32, with as many axes; on the other axes no larger than this tensor.</param>
    /// <returns>A tensor of the index's shape.</returns>
    /// <remarks>The gradient is added up where a position occurs several times (<see cref="ScatterAdd"/>).</remarks>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis.</exception>
    public Tensor Gather(int axis, Tensor index)
    {
        axis = Axes.Normalize(axis, Rank, nameof(Gather));
        index = Require.Index(nameof(Gather), index);
        Indices.RequireFit(nameof(Gather), index.Shape, Shape, axis);
        Indices.RequireInRange(nameof(Gather), index, Shape.Span[axis]);
        return Op.Apply(new GatherOp(axis), this, index);
    }
}

internal sealed class GatherOp(int axis) : SelectionOp
{
    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs) => inputs[1].Shape;

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor x = SavedInput(0);
        gradients[0] = Op.Apply(new ScatterAddOp(axis), Tensor.Zeros(x.Shape, dy.DType, dy.Device), SavedInput(1), dy);
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        View<T> x = inputs[0].View<T>(Indices.Narrowed(inputs[0].Layout, inputs[1].Shape, axis));
        backend.Gather(x, inputs[1].View<long>(), axis, output.View<T>());
    }
}
