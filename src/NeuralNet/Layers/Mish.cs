namespace NeuralNet;

/// <summary>The mish activation.</summary>
/// <remarks>y = x·tanh(ln(1 + eˣ)); see <see cref="Tensor.Mish"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new Mish(), new Dense(8, 1));</code></example>
public sealed class Mish : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "Mish()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Mish();
}
