namespace NeuralNet;

/// <summary>The sigmoid linear unit, also known as swish.</summary>
/// <remarks>y = x·σ(x); see <see cref="Tensor.Silu"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new SiLU(), new Dense(8, 1));</code></example>
public sealed class SiLU : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "SiLU()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Silu();
}
