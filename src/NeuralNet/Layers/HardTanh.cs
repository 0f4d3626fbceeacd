namespace NeuralNet;

/// <summary>A hyperbolic tangent made of straight lines.</summary>
/// <remarks>y = min(max(x, min), max); see <see cref="Tensor.HardTanh"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new HardTanh(), new Dense(8, 1));</code></example>
/// <param name="min">The lower limit.</param>
/// <param name="max">The upper limit.</param>
public sealed class HardTanh(double min = -1, double max = 1) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"HardTanh({min}, {max})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.HardTanh(min, max);
}
