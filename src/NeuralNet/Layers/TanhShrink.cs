namespace NeuralNet;

/// <summary>Subtracts its hyperbolic tangent from each element.</summary>
/// <remarks>y = x − tanh x; see <see cref="Tensor.TanhShrink"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new TanhShrink(), new Dense(8, 1));</code></example>
public sealed class TanhShrink : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "TanhShrink()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.TanhShrink();
}
