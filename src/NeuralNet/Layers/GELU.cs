namespace NeuralNet;

/// <summary>The Gaussian error linear unit.</summary>
/// <remarks>y = x·Φ(x); see <see cref="Tensor.Gelu"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(64, 256), new GELU(), new Dense(256, 64));</code></example>
/// <param name="approximate">Whether by the error function or by a hyperbolic tangent.</param>
public sealed class GELU(GeluApproximation approximate = GeluApproximation.None) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => approximate == GeluApproximation.None ? "GELU()" : $"GELU({approximate})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Gelu(approximate);
}
