namespace NeuralNet;

/// <summary>Takes the p-norm of each window of sequences.</summary>
/// <remarks>Input [N, C, L]. Without parameters. See <see cref="Tensor.LpPool"/>.</remarks>
/// <example><code>var layer = new LPPool1D(2, kernelSize: 2);</code></example>
/// <param name="p">The exponent, positive.</param>
/// <param name="kernelSize">The size of the windows.</param>
/// <param name="stride">The distance between neighbouring windows; the size of a window if left out.</param>
/// <param name="ceilMode">Whether a last window may go beyond the padding, so that the size of the result is rounded up.</param>
public sealed class LPPool1D(
    double p,
    AxisSizes kernelSize,
    AxisSizes stride = default,
    bool ceilMode = false) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => LayerArguments.DescribeWindows($"LPPool1D", kernelSize, stride, default, default, ceilMode, $"p {p}, ");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 1);
        return x.LpPool(p, kernelSize, stride, ceilMode);
    }
}
