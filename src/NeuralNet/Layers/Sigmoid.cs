namespace NeuralNet;

/// <summary>The logistic function.</summary>
/// <remarks>y = 1/(1 + e⁻ˣ); see <see cref="Tensor.Sigmoid"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new Sigmoid(), new Dense(8, 1));</code></example>
public sealed class Sigmoid : Layer
{
    internal override IResultActivation? ResultActivation => SigmoidOp.OfResult;

    /// <inheritdoc/>
    public override string ToString() => "Sigmoid()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Sigmoid();
}
