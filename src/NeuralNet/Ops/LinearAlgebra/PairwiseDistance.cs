namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the distance of each vector to the one at the same place of another tensor, along the last axis.</summary>
    /// <param name="other">The other vectors, of the same dtype, broadcast.</param>
    /// <param name="p">Which norm: 2 for Euclid's, 1, <see cref="double.PositiveInfinity"/>, 0 for the number of coordinates that differ,
    /// or any other positive number.</param>
    /// <param name="eps">What is added to each difference, so that the gradient of equal vectors has a direction.</param>
    /// <param name="keepDims">Whether the last axis stays, with size 1.</param>
    /// <remarks>y = (Σ |a − b + eps|ᵖ)^(1/p), with gradient 0 where that is 0.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast, or both are scalars.</exception>
    /// <exception cref="ArgumentOutOfRangeException">p is negative or NaN.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor PairwiseDistance(Tensor other, double p = 2, double eps = 1e-6, bool keepDims = false)
    {
        ArgumentNullException.ThrowIfNull(other);
        Require.FloatingPoint(nameof(PairwiseDistance), Require.SameDType(nameof(PairwiseDistance), this, other));
        DistanceNorm.RequireNorm(nameof(PairwiseDistance), p);
        int axis = Axes.Normalize(-1, Broadcast.CommonShape(nameof(PairwiseDistance), Shape, other.Shape).Rank, nameof(PairwiseDistance));
        return DistanceNorm.Of(this - other + eps, p, axis, keepDims);
    }
}
