namespace NeuralNet;

/// <summary>Instance normalisation of sequences: each channel of each of them is brought to mean 0 and variance 1.</summary>
/// <remarks>Input [N, C, L], output of the same shape; see <see cref="Tensor.InstanceNorm"/>. With affine, parameters <c>weight</c> and <c>bias</c> of
/// [features], 1 and 0 at first.</remarks>
/// <example><code>var layer = new InstanceNorm1D(16, affine: true);</code></example>
public sealed class InstanceNorm1D : InstanceNormLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="features">The number of channels; −1 to take that of the first input.</param>
    /// <param name="eps">What is added to the variance.</param>
    /// <param name="momentum">The share of an input in the running statistics.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    /// <param name="trackRunningStats">Whether running statistics are kept, which evaluation then uses.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public InstanceNorm1D(
        long features, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false, DType dtype = DType.Float32)
        : base(1, features, eps, momentum, affine, trackRunningStats, dtype)
    {
    }
}
