namespace NeuralNet;

/// <summary>The scaled exponential linear unit.</summary>
/// <remarks>y = λx or λα·(eˣ − 1); see <see cref="Tensor.Selu"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new SELU(), new Dense(8, 1));</code></example>
public sealed class SELU : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "SELU()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Selu();
}
