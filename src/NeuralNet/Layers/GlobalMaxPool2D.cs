namespace NeuralNet;

/// <summary>Takes the largest element of each channel of images.</summary>
/// <remarks>Input [N, C, H, W], output [N, C], ready for a <see cref="Dense"/>. Without parameters.</remarks>
/// <example><code>var layer = new GlobalMaxPool2D();</code></example>
public sealed class GlobalMaxPool2D : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "GlobalMaxPool2D()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 2);
        return x.AdaptiveMaxPool(1).Flatten(1);
    }
}
