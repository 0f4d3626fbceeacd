namespace NeuralNet;

/// <summary>The rectified linear unit, limited to 6.</summary>
/// <remarks>y = min(max(x, 0), 6); see <see cref="Tensor.Relu6"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new ReLU6(), new Dense(8, 1));</code></example>
public sealed class ReLU6 : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "ReLU6()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Relu6();
}
