namespace NeuralNet;

/// <summary>Probabilities along an axis, larger for smaller elements.</summary>
/// <remarks>y = softmax(−x); see <see cref="Tensor.Softmax"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new Softmin(), new Dense(8, 1));</code></example>
/// <param name="axis">The axis; negative ones count from the end.</param>
public sealed class Softmin(int axis = -1) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => $"Softmin({axis})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => (-x).Softmax(axis);
}
