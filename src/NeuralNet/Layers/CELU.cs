namespace NeuralNet;

/// <summary>The continuously differentiable exponential linear unit.</summary>
/// <remarks>y = x or α·(e^(x/α) − 1); see <see cref="Tensor.Celu"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new CELU(), new Dense(8, 1));</code></example>
/// <param name="alpha">The α that y tends to, negated, on the left.</param>
public sealed class CELU(double alpha = 1) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"CELU({alpha})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Celu(alpha);
}
