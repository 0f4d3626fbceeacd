namespace NeuralNet;

/// <summary>Takes the mean of each window of images.</summary>
/// <remarks>Input [N, C, H, W]. Without parameters. See <see cref="Tensor.AveragePool"/>.</remarks>
/// <example><code>var layer = new AvgPool2D(2);</code></example>
/// <param name="kernelSize">The size of the windows.</param>
/// <param name="stride">The distance between neighbouring windows; the size of a window if left out.</param>
/// <param name="padding">How many zeros stand on each side of the input; none if left out.</param>
/// <param name="ceilMode">Whether a last window may go beyond the padding, so that the size of the result is rounded up.</param>
/// <param name="countIncludePad">Whether those zeros count as elements.</param>
/// <param name="divisorOverride">What sums are divided by instead of the number of elements; 0 for that.</param>
public sealed class AvgPool2D(
    AxisSizes kernelSize,
    AxisSizes stride = default,
    AxisSizes padding = default,
    bool ceilMode = false,
    bool countIncludePad = true,
    long divisorOverride = 0) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => LayerArguments.DescribeWindows("AvgPool2D", kernelSize, stride, padding, default, ceilMode);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 2);
        return x.AveragePool(kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
    }
}
