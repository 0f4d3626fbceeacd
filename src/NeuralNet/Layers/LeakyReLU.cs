namespace NeuralNet;

/// <summary>The rectified linear unit with a slope to the left of 0.</summary>
/// <remarks>y = x or slope·x; see <see cref="Tensor.LeakyRelu"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new LeakyReLU(), new Dense(8, 1));</code></example>
/// <param name="slope">The slope to the left of 0.</param>
public sealed class LeakyReLU(double slope = 0.01) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"LeakyReLU({slope})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LeakyRelu(slope);
}
