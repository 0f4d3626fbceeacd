namespace NeuralNet;

/// <summary>The logarithm of the probabilities along an axis.</summary>
/// <remarks>See <see cref="Tensor.LogSoftmax"/>. Input and output of any one shape. Without parameters. A cross-entropy from logits needs
/// no such layer before it.</remarks>
/// <example><code>var model = new Sequential(new Dense(64, 10), new LogSoftmax());</code></example>
/// <param name="axis">The axis; negative ones count from the end.</param>
public sealed class LogSoftmax(int axis = -1) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => $"LogSoftmax({axis})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LogSoftmax(axis);
}
