namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the cosine of the angle between vectors that lie along an axis of two tensors.</summary>
    /// <param name="other">The other vectors, of the same dtype, broadcast.</param>
    /// <param name="axis">The axis of the vectors in the common shape; negative ones count from the end.</param>
    /// <param name="eps">What stands in for the length of a shorter vector.</param>
    /// <returns>A tensor of the common shape without the axis, with elements in [−1, 1].</returns>
    /// <remarks>y = a·b / (max(‖a‖, eps)·max(‖b‖, eps)); the vectors are divided first, so that long ones do not overflow in the
    /// product.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast, or the axis is out of range.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor CosineSimilarity(Tensor other, int axis = 1, double eps = 1e-8)
    {
        ArgumentNullException.ThrowIfNull(other);
        Require.FloatingPoint(nameof(CosineSimilarity), Require.SameDType(nameof(CosineSimilarity), this, other));
        Shape common = Broadcast.CommonShape(nameof(CosineSimilarity), Shape, other.Shape);
        axis = Axes.Normalize(axis, common.Rank, nameof(CosineSimilarity));
        Tensor a = Unit(Expand(common));
        Tensor b = Unit(other.Expand(common));
        return (a * b).Sum(axis);

        Tensor Unit(Tensor x) => x / DistanceNorm.Of(x, 2, axis, keepDims: true).Maximum(eps);
    }
}
