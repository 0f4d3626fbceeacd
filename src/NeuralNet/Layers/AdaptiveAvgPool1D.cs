namespace NeuralNet;

/// <summary>Takes the mean of each of a number of windows that cover sequences of any size.</summary>
/// <remarks>Input [N, C, L]. Without parameters. See <see cref="Tensor.AdaptiveAveragePool"/>.</remarks>
/// <example><code>var layer = new AdaptiveAvgPool1D(1);</code></example>
/// <param name="outputSize">The spatial sizes of the result.</param>
public sealed class AdaptiveAvgPool1D(
    AxisSizes outputSize) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => $"AdaptiveAvgPool1D({outputSize})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 1);
        return x.AdaptiveAveragePool(outputSize);
    }
}
