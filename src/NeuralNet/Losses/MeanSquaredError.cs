namespace NeuralNet;

/// <summary>The mean of the squared differences.</summary>
/// <remarks>ℓ = (x − y)². Predictions and targets have one shape and dtype.</remarks>
/// <param name="reduction">What becomes of the losses of single elements.</param>
public sealed class MeanSquaredError(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are not of floating point.</exception>
    /// <exception cref="DeviceException">Predictions and targets are on different devices.</exception>
    /// <exception cref="ObjectDisposedException">A tensor was ended by its scope.</exception>
    public override Tensor Forward(Tensor prediction, Tensor target)
    {
        RequireSameShape(prediction, target);
        return Reduction == Reduction.Mean
            ? prediction.MeanSquaredError(target)
            : WithoutTraces(this, static (loss, x, y) => loss.Compute(x, y), prediction, target);
    }

    private Tensor Compute(Tensor prediction, Tensor target)
    {
        Tensor difference = prediction - target;
        return Reduce(difference * difference);
    }
}
