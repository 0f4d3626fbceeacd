namespace NeuralNet;

/// <summary>The mean of the absolute differences.</summary>
/// <remarks>ℓ = |x − y|, with gradient 0 where both are equal. Predictions and targets have one shape and dtype.</remarks>
/// <param name="reduction">What becomes of the losses of single elements.</param>
public sealed class MeanAbsoluteError(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public override Tensor Forward(Tensor prediction, Tensor target)
    {
        RequireSameShape(prediction, target);
        return Reduce((prediction - target).Abs());
    }
}
