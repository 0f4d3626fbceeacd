namespace NeuralNet;

/// <summary>A smooth rectifier.</summary>
/// <remarks>y = ln(1 + e^(βx))/β; see <see cref="Tensor.Softplus"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new Softplus(), new Dense(8, 1));</code></example>
/// <param name="beta">The sharpness β of the bend.</param>
/// <param name="threshold">Where βx is larger, y is x.</param>
public sealed class Softplus(double beta = 1, double threshold = 20) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Softplus({beta}, {threshold})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softplus(beta, threshold);
}
