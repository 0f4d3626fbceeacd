namespace NeuralNet;

/// <summary>The cross-entropy of yes-or-no targets, from logits: what a sigmoid would be applied to.</summary>
/// <remarks>
/// ℓ = w·[(1 − y)·x + (1 + (p − 1)·y)·ln(1 + e⁻ˣ)] with targets y in [0, 1], written so that no exponential overflows. Predictions and
/// targets have one shape and dtype.
/// </remarks>
public sealed class BinaryCrossEntropyWithLogits : Loss
{
    private readonly Tensor? _weight;
    private readonly Tensor? _positiveWeight;

    /// <summary>Creates the loss.</summary>
    /// <param name="weight">A factor w for each element, broadcast; or null.</param>
    /// <param name="positiveWeight">A factor p for the positive part of each class, broadcast; or null.</param>
    /// <param name="reduction">What becomes of the losses of single elements.</param>
    public BinaryCrossEntropyWithLogits(Tensor? weight = null, Tensor? positiveWeight = null, Reduction reduction = Reduction.Mean)
        : base(reduction)
    {
        _weight = weight?.MakePersistent();
        _positiveWeight = positiveWeight?.MakePersistent();
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The shapes differ, or those of the weights do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are not of floating point.</exception>
    /// <exception cref="DeviceException">Predictions and targets are on different devices.</exception>
    /// <exception cref="ObjectDisposedException">A tensor was ended by its scope.</exception>
    public override Tensor Forward(Tensor prediction, Tensor target)
    {
        RequireSameShape(prediction, target);
        return WithoutTraces(this, static (loss, x, y) => loss.Compute(x, y), prediction, target);
    }

    private Tensor Compute(Tensor prediction, Tensor target)
    {
        Tensor losses = _positiveWeight is null
            ? prediction.BinaryCrossEntropyWithLogits(target)
            : (1 - target) * prediction - (1 + (_positiveWeight - 1) * target) * prediction.LogSigmoid();
        return Reduce(_weight is null ? losses : losses * _weight);
    }
}
