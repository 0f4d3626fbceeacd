namespace NeuralNet;

/// <summary>Takes the largest element of each of a number of windows that cover volumes of any size.</summary>
/// <remarks>Input [N, C, D, H, W]. Without parameters. See <see cref="Tensor.AdaptiveMaxPool"/>.</remarks>
/// <example><code>var layer = new AdaptiveMaxPool3D(1);</code></example>
/// <param name="outputSize">The spatial sizes of the result.</param>
public sealed class AdaptiveMaxPool3D(
    AxisSizes outputSize) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => $"AdaptiveMaxPool3D({outputSize})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 3);
        return x.AdaptiveMaxPool(outputSize);
    }
}
