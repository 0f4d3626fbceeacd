using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Sets elements at computed positions along an axis: y = x, then y[…, index[…, i, …], …] = updates[…, i, …].</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="index">The positions, of Int64 or Int32, with as many axes; on the other axes no larger than this tensor.</param>
    /// <param name="updates">What is put there, of the index's shape and this tensor's dtype.</param>
    /// <returns>A new tensor of this one's shape; of several updates of one element, the last in logical order stays.</returns>
    /// <remarks>∂y/∂x is 0 where an element was replaced and 1 elsewhere; the gradient of the updates is gathered, and 0 for those that
    /// a later one replaced.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or the index is not of integers.</exception>
    public Tensor Scatter(int axis, Tensor index, Tensor updates)
    {
        axis = Axes.Normalize(axis, Rank, nameof(Scatter));
        index = Indices.ForUpdates(nameof(Scatter), this, axis, index, updates);
        return Op.Apply(new ScatterOp(axis), this, index, updates);
    }

    /// <summary>Sets elements at computed positions along an axis to a number.</summary>
    /// <inheritdoc cref="Scatter(int, Tensor, Tensor)"/>
    public Tensor Scatter(int axis, Tensor index, Scalar value)
    {
        ArgumentNullException.ThrowIfNull(index);
        return Scatter(axis, index, OfScalar(value, this).Expand(index.Shape));
    }
}

internal sealed class ScatterOp(int axis) : SelectionOp
{
    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        Require.SameDType(this, inputs[0], inputs[2]);
        return inputs[0].Shape;
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor index = SavedInput(1);
        if (NeedsGradient(0))
            gradients[0] = Op.Apply(new ScatterOp(axis), dy, index, Tensor.OfScalar(0, dy).Expand(index.Shape));
        if (NeedsGradient(2))
            gradients[2] = Tensor.Where(IsLast(index, dy.Shape), Op.Apply(new GatherOp(axis), dy, index), 0);
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        DataMovement.Copy(backend, inputs[0], inputs[0].Layout, output, output.Layout);
        View<T> y = output.View<T>(Indices.Narrowed(output.Layout, inputs[1].Shape, axis));
        backend.ScatterReduce(new Operator<T>(), y, inputs[1].View<long>(), axis, inputs[2].View<T>());
    }

    /// <summary>Where no later update replaced one: each leaves its number along the axis, and finds it there again.</summary>
    private Tensor IsLast(Tensor index, Shape shape)
    {
        Tensor numbers = Indices.AlongAxis(Tensor.Arange(index.Shape.Span[axis], device: index.Device), axis, index.Shape);
        Tensor last = Op.Apply(new ScatterOp(axis), Tensor.Zeros(shape, DType.Int64, index.Device), index, numbers);
        return Op.Apply(new GatherOp(axis), last, index).Equal(numbers);
    }

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged
    {
        public T Invoke(T a, T b) => b;
    }
}
