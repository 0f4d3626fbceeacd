namespace NeuralNet;

/// <summary>Takes the mean of each channel of images.</summary>
/// <remarks>Input [N, C, H, W], output [N, C], ready for a <see cref="Dense"/>. Without parameters.</remarks>
/// <example><code>var layer = new GlobalAvgPool2D();</code></example>
public sealed class GlobalAvgPool2D : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "GlobalAvgPool2D()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 2);
        return x.AdaptiveAveragePool(1).Flatten(1);
    }
}
