namespace NeuralNet;

/// <summary>Takes the mean of each of a number of windows that cover images of any size.</summary>
/// <remarks>Input [N, C, H, W]. Without parameters. See <see cref="Tensor.AdaptiveAveragePool"/>.</remarks>
/// <example><code>var layer = new AdaptiveAvgPool2D(1);</code></example>
/// <param name="outputSize">The spatial sizes of the result.</param>
public sealed class AdaptiveAvgPool2D(
    AxisSizes outputSize) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => $"AdaptiveAvgPool2D({outputSize})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 2);
        return x.AdaptiveAveragePool(outputSize);
    }
}
