namespace NeuralNet;

/// <summary>Takes the largest element of each channel of volumes.</summary>
/// <remarks>Input [N, C, D, H, W], output [N, C], ready for a <see cref="Dense"/>. Without parameters.</remarks>
/// <example><code>var layer = new GlobalMaxPool3D();</code></example>
public sealed class GlobalMaxPool3D : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "GlobalMaxPool3D()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 3);
        return x.AdaptiveMaxPool(1).Flatten(1);
    }
}
