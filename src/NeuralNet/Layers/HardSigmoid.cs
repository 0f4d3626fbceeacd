namespace NeuralNet;

/// <summary>A sigmoid made of straight lines.</summary>
/// <remarks>y = min(max(x + 3, 0), 6)/6; see <see cref="Tensor.HardSigmoid"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new HardSigmoid(), new Dense(8, 1));</code></example>
public sealed class HardSigmoid : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "HardSigmoid()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.HardSigmoid();
}
