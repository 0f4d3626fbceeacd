namespace NeuralNet;

/// <summary>Batch normalisation of vectors or sequences: each channel is brought to mean 0 and variance 1 over the batch.</summary>
/// <remarks>
/// Input [N, C] or [N, C, L], output of the same shape; see <see cref="Tensor.BatchNorm"/>. Parameters <c>weight</c> and <c>bias</c> of [features], 1 and 0
/// at first; state <c>running_mean</c>, <c>running_var</c> and <c>num_batches_tracked</c>, which training changes and evaluation uses.
/// </remarks>
/// <example><code>var layer = new BatchNorm1D(16);</code></example>
public sealed class BatchNorm1D : BatchNormLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="features">The number of channels; −1 to take that of the first input.</param>
    /// <param name="eps">What is added to the variance.</param>
    /// <param name="momentum">The share of a batch in the running statistics.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    /// <param name="trackRunningStats">Whether running statistics are kept; otherwise evaluation uses those of the batch too.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public BatchNorm1D(
        long features, double eps = 1e-5, double momentum = 0.1, bool affine = true, bool trackRunningStats = true, DType dtype = DType.Float32)
        : base(features, eps, momentum, affine, trackRunningStats, dtype)
    {
    }

    private protected override void RequireInput(Tensor x)
    {
        if (x.Rank is not (2 or 3))
            throw new ShapeException($"expected 2 or 3 axes, [N, C] or [N, C, L], got {x.Rank}; input {x.Shape}. Reshape it.");
    }
}
