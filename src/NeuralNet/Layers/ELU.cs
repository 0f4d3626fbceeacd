namespace NeuralNet;

/// <summary>The exponential linear unit.</summary>
/// <remarks>y = x or α·(eˣ − 1); see <see cref="Tensor.Elu"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new ELU(), new Dense(8, 1));</code></example>
/// <param name="alpha">The α that y tends to, negated, on the left.</param>
public sealed class ELU(double alpha = 1) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"ELU({alpha})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Elu(alpha);
}
