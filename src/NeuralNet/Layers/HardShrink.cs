namespace NeuralNet;

/// <summary>Sets elements near 0 to 0.</summary>
/// <remarks>y = x outside [−λ, λ]; see <see cref="Tensor.HardShrink"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new HardShrink(), new Dense(8, 1));</code></example>
/// <param name="lambda">The limit λ, not negative.</param>
public sealed class HardShrink(double lambda = 0.5) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"HardShrink({lambda})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.HardShrink(lambda);
}
