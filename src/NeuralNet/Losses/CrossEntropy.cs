using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>The cross-entropy of classes, from logits: what a softmax would be applied to.</summary>
/// <remarks>
/// <para>Predictions are logits of [n, classes, …] (or [classes] for one example).</para>
/// <para>
/// Targets are class numbers of Int64 or Int32, of [n, …]: ℓ = −w[y]·ln softmax(x)[y], and the mean is weighted: Σℓ/Σw[y] over all targets
/// that are not ignored. Or they are probabilities of the predictions' shape and dtype: ℓ = −Σ w·y·ln softmax(x), and the mean is over n
/// and the further axes. With label smoothing ε, a target distribution y becomes (1 − ε)·y + ε/classes.
/// </para>
/// </remarks>
public sealed class CrossEntropy : Loss
{
    private readonly Tensor? _weight;
    private readonly long _ignoreIndex;
    private readonly double _labelSmoothing;

    /// <summary>Creates the loss.</summary>
    /// <param name="weight">A factor for each class, of [classes]; or null.</param>
    /// <param name="ignoreIndex">The class number of targets that count for nothing.</param>
    /// <param name="labelSmoothing">How much of each target is spread over all classes, in [0, 1].</param>
    /// <param name="reduction">What becomes of the losses of single targets.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is outside [0, 1].</exception>
    public CrossEntropy(Tensor? weight = null, long ignoreIndex = -100, double labelSmoothing = 0, Reduction reduction = Reduction.Mean)
        : base(reduction)
    {
        LayerArguments.RequireProbability(nameof(CrossEntropy), nameof(labelSmoothing), labelSmoothing);
        _weight = weight?.MakePersistent();
        _ignoreIndex = ignoreIndex;
        _labelSmoothing = labelSmoothing;
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">Predictions are not of floating point, or targets neither of their dtype nor Int64 nor
    /// Int32.</exception>
    /// <exception cref="DeviceException">Predictions and targets are on different devices.</exception>
    /// <exception cref="ObjectDisposedException">A tensor was ended by its scope.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class number is out of range.</exception>
    public override Tensor Forward(Tensor prediction, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(target);
        if (prediction.Rank == 0)
            throw new ShapeException("CrossEntropy: the predictions are a scalar; logits of [n, classes, …] are needed. Reshape them.");
        return WithoutTraces(this, static (loss, x, y) => loss.Compute(x, y), prediction, target);
    }

    private Tensor Compute(Tensor prediction, Tensor target)
    {
        int classAxis = prediction.Rank == 1 ? 0 : 1;
        RequireWeight(prediction.Shape[classAxis]);
        return target.DType.IsFloatingPoint()
            ? OfProbabilities(prediction, target, classAxis)
            : OfClasses(prediction, Require.Index(nameof(CrossEntropy), target), classAxis);
    }

    private Tensor OfClasses(Tensor logits, Tensor target, int classAxis)
    {
        long classes = logits.Shape[classAxis];
        if (target.Shape != logits.Shape.Without(classAxis))
            throw new ShapeException($"CrossEntropy: logits {logits.Shape} and class numbers {target.Shape} do not fit. For logits of "
                + "[n, classes, …] give class numbers of [n, …].");
        if (_labelSmoothing == 0)
            return OfClassesAlone(logits, target, classAxis);
        target = target.Reshape(logits.Shape.WithOnes([classAxis]));
        Tensor isIgnored = target.Equal(_ignoreIndex);
        Tensor safe = Tensor.Where(isIgnored, 0, target);
        Indices.RequireInRange(nameof(CrossEntropy), safe, classes);
        Tensor logProbabilities = logits.LogSoftmax(classAxis);
        Tensor losses = -logProbabilities.Gather(classAxis, safe);
        Tensor factors = Factors(isIgnored, safe, losses);
        if (_weight is not null)
            losses *= factors;
        // Replaced, not multiplied by 0: what is ignored may be infinite.
        losses = Tensor.Where(isIgnored, 0, losses);
        losses = Smoothed(losses, logProbabilities, isIgnored, classAxis);
        losses = losses.Reshape(logits.Shape.Without(classAxis));
        return Reduction == Reduction.Mean ? losses.Sum() / factors.Sum() : Reduce(losses);
    }

    /// <summary>Without smoothing the losses are one operation.</summary>
    private Tensor OfClassesAlone(Tensor logits, Tensor target, int classAxis)
    {
        if (_weight is null && Reduction == Reduction.Mean && NoneIsIgnored(target, logits.Shape[classAxis]))
            return Reduce(logits.CrossEntropyOfChecked(target, classAxis, _ignoreIndex));
        Tensor losses = logits.CrossEntropy(target, classAxis, _ignoreIndex);
        if (_weight is null && Reduction != Reduction.Mean)
            return Reduce(losses);
        Tensor isIgnored = target.Equal(_ignoreIndex);
        Tensor factors = Factors(isIgnored, Tensor.Where(isIgnored, 0, target), losses);
        if (_weight is not null)
            losses *= factors;
        return Reduction == Reduction.Mean ? losses.Sum() / factors.Sum() : Reduce(losses);
    }

    /// <summary>What each target counts: its class's weight, 1 without weights, and 0 where it is ignored.</summary>
    private Tensor Factors(Tensor isIgnored, Tensor safe, Tensor losses)
    {
        Tensor factors = Tensor.Where(isIgnored, 0, Tensor.OnesLike(losses.Detach()));
        return _weight is null ? factors : factors * _weight.Gather(0, safe.Reshape(safe.Length)).Reshape(safe.Shape);
    }

    /// <summary>Whether all class numbers are surely those of classes that count, so that the mean is over all.</summary>
    private bool NoneIsIgnored(Tensor target, long classes) =>
        StepRecording.Current is null && (_ignoreIndex < 0 || _ignoreIndex >= classes) && Indices.AreInRange(target, classes);

    private Tensor OfProbabilities(Tensor logits, Tensor target, int classAxis)
    {
        RequireSameShape(logits, target);
        if (_labelSmoothing > 0)
            target = target * (1 - _labelSmoothing) + _labelSmoothing / logits.Shape[classAxis];
        Tensor losses = -(Weighted(logits.LogSoftmax(classAxis), classAxis) * target).Sum(classAxis);
        return Reduce(losses);
    }

    private Tensor Smoothed(Tensor losses, Tensor logProbabilities, Tensor isIgnored, int classAxis)
    {
        long classes = logProbabilities.Shape[classAxis];
        Tensor uniform = -Weighted(logProbabilities, classAxis).Sum(classAxis, keepDims: true) * (_labelSmoothing / classes);
        return losses * (1 - _labelSmoothing) + Tensor.Where(isIgnored, 0, uniform);
    }

    private Tensor Weighted(Tensor logProbabilities, int classAxis)
    {
        if (_weight is null)
            return logProbabilities;
        long[] sizes = new long[logProbabilities.Rank - classAxis];
        Array.Fill(sizes, 1);
        sizes[0] = _weight.Length;
        return logProbabilities * _weight.Reshape(new Shape(sizes.AsSpan()));
    }

    private void RequireWeight(long classes)
    {
        if (_weight is not null && (_weight.Rank != 1 || _weight.Length != classes))
            throw new ShapeException($"CrossEntropy: weights of {_weight.Shape} for {classes} classes. Give one for each class, of "
                + $"[{classes}].");
    }
}
