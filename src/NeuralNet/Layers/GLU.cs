namespace NeuralNet;

/// <summary>The gated linear unit: one half of an axis, gated by the sigmoid of the other half.</summary>
/// <remarks>y = a·σ(b); see <see cref="Tensor.Glu"/>. The output has half the input's size on the axis. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new GLU(), new Dense(4, 1));</code></example>
/// <param name="axis">The axis that is halved; negative ones count from the end.</param>
public sealed class GLU(int axis = -1) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => $"GLU({axis})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Glu(axis);
}
