namespace NeuralNet;

/// <summary>Replaces the elements up to a threshold by a value.</summary>
/// <remarks>y = x above the threshold; see <see cref="Tensor.Threshold"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new Threshold(0.1, 0), new Dense(8, 1));</code></example>
/// <param name="threshold">The largest number that is replaced.</param>
/// <param name="value">What it is replaced by.</param>
public sealed class Threshold(double threshold, double value) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Threshold({threshold}, {value})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Threshold(threshold, value);
}
