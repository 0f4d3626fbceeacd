namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Adds slices at computed positions along an axis: y = x, then y[…, index[i], …] += source[…, i, …].</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="index">The positions, a vector of Int64 or Int32.</param>
    /// <param name="source">What is added, of this tensor's shape and dtype, with as many slices along the axis as there are
    /// positions.</param>
    /// <returns>A new tensor of this one's shape; several slices at one position are added in order.</returns>
    /// <remarks>∂y/∂x = 1; the gradient of the source is selected (<see cref="IndexSelect"/>).</remarks>
    /// <exception cref="ShapeException">The index is no vector, the shapes do not fit, or the axis is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis.</exception>
    /// <exception cref="DTypeException">The dtypes differ, are Bool or storage dtypes, or the index is not of integers.</exception>
    public Tensor IndexAdd(int axis, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(source);
        axis = Axes.Normalize(axis, Rank, nameof(IndexAdd));
        index = Indices.OfSlices(nameof(IndexAdd), this, axis, index);
        Require.Numeric(nameof(IndexAdd), Require.SameDType(nameof(IndexAdd), this, source));
        Shape slices = Shape.With(axis, index.Length);
        if (source.Shape != slices)
            throw new ShapeException($"IndexAdd: a source of {source.Shape} for {index.Length} positions on axis {axis} of {Shape}. Give "
                + $"it the shape {slices}.");
        return Op.Apply(new ScatterAddOp(axis), this, Indices.AlongAxis(index, axis, slices), source);
    }
}
