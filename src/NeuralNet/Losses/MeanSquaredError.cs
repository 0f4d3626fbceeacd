namespace NeuralNet;

/// <summary>The mean of the squared differences.</summary>
/// <remarks>ℓ = (x − y)². Predictions and targets have one shape and dtype.</remarks>
/// <param name="reduction">What becomes of the losses of single elements.</param>
public sealed class MeanSquaredError(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public override Tensor Forward(Tensor prediction, Tensor target)
    {
        RequireSameShape(prediction, target);
        Tensor difference = prediction - target;
        return Reduce(difference * difference);
    }
}
