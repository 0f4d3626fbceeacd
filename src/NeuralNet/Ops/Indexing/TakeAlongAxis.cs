namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>
    /// Takes elements at computed positions along an axis, where this tensor and the index broadcast on the other axes: what
    /// <see cref="ArgMax(int, bool)"/> found, for example.
    /// </summary>
    /// <param name="index">The positions, of Int64 or Int32, with as many axes as this tensor.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <returns>A tensor of the index's size on the axis, and of the common sizes on the others.</returns>
    /// <remarks>y[…, i, …] = x[…, index[…, i, …], …], as <see cref="Gather"/>; its gradient is added up.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis.</exception>
    /// <exception cref="DTypeException">The index is not of integers.</exception>
    public Tensor TakeAlongAxis(Tensor index, int axis)
    {
        ArgumentNullException.ThrowIfNull(index);
        axis = Axes.Normalize(axis, Rank, nameof(TakeAlongAxis));
        index = Require.Index(nameof(TakeAlongAxis), index);
        if (index.Rank != Rank)
            throw new ShapeException($"TakeAlongAxis: an index of {index.Shape} for a tensor of {Shape}. It needs as many axes; use "
                + "Reshape.");
        Shape common = Shape.TryBroadcast(Shape.With(axis, 1), index.Shape.With(axis, 1))
            ?? throw new ShapeException($"TakeAlongAxis: an index of {index.Shape} and a tensor of {Shape} do not broadcast beside axis "
                + $"{axis}. Sizes must be equal or 1.");
        Indices.RequireInRange(nameof(TakeAlongAxis), index, Shape.Span[axis]);
        Tensor x = Expand(common.With(axis, Shape.Span[axis]));
        return Op.Apply(new GatherOp(axis), x, index.Expand(common.With(axis, index.Shape.Span[axis])));
    }
}
