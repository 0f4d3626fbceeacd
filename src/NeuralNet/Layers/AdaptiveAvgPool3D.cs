namespace NeuralNet;

/// <summary>Takes the mean of each of a number of windows that cover volumes of any size.</summary>
/// <remarks>Input [N, C, D, H, W]. Without parameters. See <see cref="Tensor.AdaptiveAveragePool"/>.</remarks>
/// <example><code>var layer = new AdaptiveAvgPool3D(1);</code></example>
/// <param name="outputSize">The spatial sizes of the result.</param>
public sealed class AdaptiveAvgPool3D(
    AxisSizes outputSize) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => $"AdaptiveAvgPool3D({outputSize})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 3);
        return x.AdaptiveAveragePool(outputSize);
    }
}
