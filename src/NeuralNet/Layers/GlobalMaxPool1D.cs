namespace NeuralNet;

/// <summary>Takes the largest element of each channel of sequences.</summary>
/// <remarks>Input [N, C, L], output [N, C], ready for a <see cref="Dense"/>. Without parameters.</remarks>
/// <example><code>var layer = new GlobalMaxPool1D();</code></example>
public sealed class GlobalMaxPool1D : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "GlobalMaxPool1D()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 1);
        return x.AdaptiveMaxPool(1).Flatten(1);
    }
}
