namespace NeuralNet;

/// <summary>Local response normalisation: each element is divided by a power of the mean square over neighbouring channels.</summary>
/// <remarks>Input [N, C, …], output of the same shape; see <see cref="Tensor.LocalResponseNorm"/>. Without parameters.</remarks>
/// <example><code>var layer = new LocalResponseNorm(5);</code></example>
/// <param name="size">How many channels count as neighbours.</param>
/// <param name="alpha">The factor of the mean square.</param>
/// <param name="beta">The exponent.</param>
/// <param name="k">What is added to the mean square.</param>
public sealed class LocalResponseNorm(long size, double alpha = 1e-4, double beta = 0.75, double k = 1) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => $"LocalResponseNorm({size})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LocalResponseNorm(size, alpha, beta, k);
}
