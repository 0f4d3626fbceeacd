namespace NeuralNet;

/// <summary>Takes the largest element of each of a number of windows that cover sequences of any size.</summary>
/// <remarks>Input [N, C, L]. Without parameters. See <see cref="Tensor.AdaptiveMaxPool"/>.</remarks>
/// <example><code>var layer = new AdaptiveMaxPool1D(1);</code></example>
/// <param name="outputSize">The spatial sizes of the result.</param>
public sealed class AdaptiveMaxPool1D(
    AxisSizes outputSize) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => $"AdaptiveMaxPool1D({outputSize})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 1);
        return x.AdaptiveMaxPool(outputSize);
    }
}
