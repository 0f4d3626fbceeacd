namespace NeuralNet;

/// <summary>Turns the numbers along an axis into probabilities.</summary>
/// <remarks>See <see cref="Tensor.Softmax"/>. Input and output of any one shape. Without parameters. A cross-entropy from logits needs no
/// such layer before it.</remarks>
/// <example><code>var model = new Sequential(new Dense(64, 10), new Softmax());</code></example>
/// <param name="axis">The axis; negative ones count from the end.</param>
public sealed class Softmax(int axis = -1) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => $"Softmax({axis})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softmax(axis);
}
