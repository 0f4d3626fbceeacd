namespace NeuralNet;

/// <summary>The logarithm of the sigmoid.</summary>
/// <remarks>y = ln σ(x); see <see cref="Tensor.LogSigmoid"/>. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new LogSigmoid(), new Dense(8, 1));</code></example>
public sealed class LogSigmoid : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "LogSigmoid()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LogSigmoid();
}
