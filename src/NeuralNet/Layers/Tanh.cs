namespace NeuralNet;

/// <summary>The hyperbolic tangent.</summary>
/// <remarks>y = tanh x; see <see cref="Tensor.Tanh"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new Tanh(), new Dense(8, 1));</code></example>
public sealed class Tanh : Layer
{
    internal override IResultActivation? ResultActivation => TanhOp.OfResult;

    /// <inheritdoc/>
    public override string ToString() => "Tanh()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Tanh();
}
