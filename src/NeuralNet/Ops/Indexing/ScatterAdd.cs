using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Adds updates at computed positions along an axis: y = x, then y[…, index[…, i, …], …] += updates[…, i, …].</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="index">The positions, of Int64 or Int32, with as many axes; on the other axes no larger than this tensor.</param>
    /// <param name="updates">What is added, of the index's shape and this tensor's dtype.</param>
    /// <returns>A new tensor of this one's shape; several updates of one element are added in logical order.</returns>
    /// <remarks>∂y/∂x = 1; the gradient of the updates is gathered.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    public Tensor ScatterAdd(int axis, Tensor index, Tensor updates)
    {
        axis = Axes.Normalize(axis, Rank, nameof(ScatterAdd));
        index = Indices.ForUpdates(nameof(ScatterAdd), this, axis, index, updates);
        return Op.Apply(new ScatterAddOp(axis), this, index, updates);
    }
}

internal sealed class ScatterAddOp(int axis) : NumericScatterOp(axis)
{
    protected override Saves Saves => Saves.Second;

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        gradients[0] = NeedsGradient(0) ? dy : null;
        gradients[2] = NeedsGradient(2) ? Op.Apply(new GatherOp(Axis), dy, SavedInput(1)) : null;
    }

    protected override void Launch<T>(IComputeBackend backend, View<T> y, View<long> index, View<T> updates) =>
        backend.ScatterAdd(y, index, Axis, updates);
}
