namespace NeuralNet;

/// <summary>Takes the mean of each channel of volumes.</summary>
/// <remarks>Input [N, C, D, H, W], output [N, C], ready for a <see cref="Dense"/>. Without parameters.</remarks>
/// <example><code>var layer = new GlobalAvgPool3D();</code></example>
public sealed class GlobalAvgPool3D : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "GlobalAvgPool3D()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 3);
        return x.AdaptiveAveragePool(1).Flatten(1);
    }
}
