namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Sets slices at computed positions along an axis to a number: y = x, then y[…, index[i], …] = value.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="index">The positions, a vector of Int64 or Int32.</param>
    /// <param name="value">The number.</param>
    /// <returns>A new tensor of this one's shape.</returns>
    /// <remarks>∂y/∂x is 0 where an element was replaced and 1 elsewhere.</remarks>
    /// <exception cref="ShapeException">The index is no vector, or the axis is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis.</exception>
    /// <exception cref="DTypeException">The index is not of integers, or the dtype does not hold the number.</exception>
    public Tensor IndexFill(int axis, Tensor index, Scalar value)
    {
        axis = Axes.Normalize(axis, Rank, nameof(IndexFill));
        index = Indices.OfSlices(nameof(IndexFill), this, axis, index);
        Shape slices = Shape.With(axis, index.Length);
        return Op.Apply(new ScatterOp(axis), this, Indices.AlongAxis(index, axis, slices), OfScalar(value, this).Expand(slices));
    }
}
