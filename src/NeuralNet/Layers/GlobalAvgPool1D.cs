namespace NeuralNet;

/// <summary>Takes the mean of each channel of sequences.</summary>
/// <remarks>Input [N, C, L], output [N, C], ready for a <see cref="Dense"/>. Without parameters.</remarks>
/// <example><code>var layer = new GlobalAvgPool1D();</code></example>
public sealed class GlobalAvgPool1D : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "GlobalAvgPool1D()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 1);
        return x.AdaptiveAveragePool(1).Flatten(1);
    }
}
