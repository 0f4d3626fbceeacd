namespace NeuralNet;

/// <summary>The rectified linear unit.</summary>
/// <remarks>y = max(x, 0); see <see cref="Tensor.Relu"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new ReLU(), new Dense(8, 1));</code></example>
public sealed class ReLU : Layer
{
    internal override IResultActivation? ResultActivation => ReluOp.OfResult;

    /// <inheritdoc/>
    public override string ToString() => "ReLU()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Relu();
}
