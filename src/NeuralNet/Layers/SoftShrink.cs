namespace NeuralNet;

/// <summary>Moves elements towards 0, and small ones to it.</summary>
/// <remarks>y = x − λ, x + λ or 0; see <see cref="Tensor.SoftShrink"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new SoftShrink(), new Dense(8, 1));</code></example>
/// <param name="lambda">The distance λ, not negative.</param>
public sealed class SoftShrink(double lambda = 0.5) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"SoftShrink({lambda})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.SoftShrink(lambda);
}
