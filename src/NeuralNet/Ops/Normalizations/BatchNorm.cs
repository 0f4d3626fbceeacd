namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Brings each channel to mean 0 and variance 1 over all images, then scales and shifts the channels.</summary>
    /// <param name="runningMean">The running mean, of [C], which training changes and evaluation uses; or null.</param>
    /// <param name="runningVariance">The running variance, of [C], likewise.</param>
    /// <param name="weight">The factors of the channels, of [C]; or null.</param>
    /// <param name="bias">What is added, of [C]; or null.</param>
    /// <param name="training">Whether the statistics are those of this tensor; otherwise the running ones.</param>
    /// <param name="momentum">The share of this tensor's statistics in the running ones: running ← (1 − momentum)·running + momentum·new.</param>
    /// <param name="eps">What is added to the variance.</param>
    /// <returns>A tensor of the same shape, for this one of [N, C] or [N, C, …].</returns>
    /// <remarks>y = (x − mean)/√(variance + ε)·weight + bias. The variance that normalises is divided by the number n of elements of a channel,
    /// the one that enters the running variance by n − 1. Ioffe and Szegedy, "Batch normalization", 2015.</remarks>
    /// <exception cref="ShapeException">The tensor has no channels, or the shapes do not fit.</exception>
    /// <exception cref="ArgumentException">In training a channel has a single element; or running statistics are needed and missing.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor BatchNorm(
        Tensor? runningMean,
        Tensor? runningVariance,
        Tensor? weight = null,
        Tensor? bias = null,
        bool training = false,
        double momentum = 0.1,
        double eps = 1e-5)
    {
        if (Rank is < 2 or > 5)
            throw new ShapeException($"BatchNorm: a tensor of {Shape}; [N, C] and up to three spatial axes are needed. Reshape it.");
        Require.FloatingPoint(nameof(BatchNorm), DType);
        foreach (Tensor? running in (Tensor?[])[runningMean, runningVariance])
        {
            if (running is not null && (running.Rank != 1 || running.Length != Shape[1]))
                throw new ShapeException($"BatchNorm: running statistics {running.Shape} for {Shape[1]} channels; input {Shape}. Give them the shape "
                    + $"[{Shape[1]}].");
        }
        if (!training)
            return NormalizeWith(runningMean, runningVariance, weight, bias, eps);
        long count = Shape[1] == 0 ? 0 : Length / Shape[1];
        if (count == 1)
            throw new ArgumentException($"BatchNorm: one element for each channel of {Shape}, which has no variance. Use larger batches or images in "
                + "training, or Eval().", nameof(training));
        (Tensor y, Tensor statistics) = Normalized(nameof(BatchNorm), NormalizationPlan.OfBatch(Shape, eps), weight, bias);
        if (count > 0 && !Device.IsMeta)
        {
            using Autograd.Mode noGrad = Autograd.NoGrad();
            Update(runningMean, statistics, 0, momentum, 1);
            Update(runningVariance, statistics, 1, momentum, count / (count - 1.0));
        }
        return y;
    }

    /// <summary>running ← (1 − momentum)·running + momentum·correction·new.</summary>
    private static void Update(Tensor? running, Tensor statistics, int index, double momentum, double correction)
    {
        if (running is null)
            return;
        Tensor current = statistics.Slice(0, 0, 1, 1).Slice(2, index, 1, 1).Reshape(running.Shape);
        running.CopyFrom(running * (1 - momentum) + current * (momentum * correction));
    }

    private Tensor NormalizeWith(Tensor? mean, Tensor? variance, Tensor? weight, Tensor? bias, double eps)
    {
        if (mean is null || variance is null)
            throw new ArgumentException("BatchNorm: running statistics are needed in evaluation. Give both, or pass training: true.", nameof(mean));
        Tensor scale = (variance + eps).Rsqrt();
        if (weight is not null)
            scale *= weight;
        Tensor shift = bias is null ? -(mean * scale) : bias - mean * scale;
        long[] along = new long[Rank];
        along.AsSpan().Fill(1);
        along[1] = Shape[1];
        Shape broadcast = Shape.OfChecked(along);
        return this * scale.Reshape(broadcast) + shift.Reshape(broadcast);
    }
}
