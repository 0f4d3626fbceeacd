using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>
    /// Takes the larger of elements and updates at computed positions along an axis: y = x, then y[…, index[…, i, …], …] = max(that,
    /// updates[…, i, …]).
    /// </summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="index">The positions, of Int64 or Int32, with as many axes; on the other axes no larger than this tensor.</param>
    /// <param name="updates">The numbers, of the index's shape and this tensor's dtype.</param>
    /// <returns>A new tensor of this one's shape; NaN where any of the numbers is.</returns>
    /// <remarks>The gradient goes to the largest of what met at an element, in equal shares to several of them.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    public Tensor ScatterMax(int axis, Tensor index, Tensor updates)
    {
        axis = Axes.Normalize(axis, Rank, nameof(ScatterMax));
        index = Indices.ForUpdates(nameof(ScatterMax), this, axis, index, updates);
        return Op.Apply(new ScatterMaxOp(axis), this, index, updates);
    }
}

internal sealed class ScatterMaxOp(int axis) : NumericScatterOp(axis)
{
    protected override Saves Saves => Saves.Inputs | Saves.Output;

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor index = SavedInput(1);
        Tensor y = SavedOutput();
        Tensor wins = SavedInput(0).Equal(y).Cast(dy.DType);
        Tensor updateWins = SavedInput(2).Equal(Op.Apply(new GatherOp(Axis), y, index)).Cast(dy.DType);
        Tensor share = dy / Op.Apply(new ScatterAddOp(Axis), wins, index, updateWins);
        gradients[0] = NeedsGradient(0) ? share * wins : null;
        gradients[2] = NeedsGradient(2) ? Op.Apply(new GatherOp(Axis), share, index) * updateWins : null;
    }

    protected override void Launch<T>(IComputeBackend backend, View<T> y, View<long> index, View<T> updates) =>
        backend.ScatterReduce(new MaximumOp.Operator<T>(), y, index, Axis, updates);
}
