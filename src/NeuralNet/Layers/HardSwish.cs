namespace NeuralNet;

/// <summary>A swish made of a parabola between straight lines.</summary>
/// <remarks>y = x·min(max(x + 3, 0), 6)/6; see <see cref="Tensor.HardSwish"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new HardSwish(), new Dense(8, 1));</code></example>
public sealed class HardSwish : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "HardSwish()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.HardSwish();
}
