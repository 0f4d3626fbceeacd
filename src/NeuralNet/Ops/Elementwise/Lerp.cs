namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Goes a part of the way from this tensor to another, element by element, broadcast.</summary>
    /// <param name="end">Where weight 1 leads.</param>
    /// <param name="weight">The part of the way.</param>
    /// <returns>A tensor of the common shape.</returns>
    /// <remarks>y = x + w·(end − x), from the nearer end, so that both ends are met exactly.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are not of floating point.</exception>
    public Tensor Lerp(Tensor end, double weight)
    {
        Require.FloatingPoint(nameof(Lerp), DType);
        Require.SameDType(nameof(Lerp), this, end);
        Broadcast.CommonShape(nameof(Lerp), Shape, end.Shape);
        return weight < 0.5 ? this + (end - this) * weight : end - (end - this) * (1 - weight);
    }

    /// <inheritdoc cref="Lerp(Tensor, double)"/>
    public Tensor Lerp(Tensor end, Tensor weight)
    {
        Require.FloatingPoint(nameof(Lerp), DType);
        Require.SameDType(nameof(Lerp), this, end);
        Require.SameDType(nameof(Lerp), this, weight);
        Broadcast.CommonShape(nameof(Lerp), Broadcast.CommonShape(nameof(Lerp), Shape, end.Shape), weight.Shape);
        Tensor difference = end - this;
        return Where(weight.Abs() < 0.5, this + weight * difference, end - difference * (1 - weight));
    }
}
