namespace NeuralNet;

/// <summary>The softsign activation.</summary>
/// <remarks>y = x/(1 + |x|); see <see cref="Tensor.Softsign"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new Softsign(), new Dense(8, 1));</code></example>
public sealed class Softsign : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "Softsign()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softsign();
}
