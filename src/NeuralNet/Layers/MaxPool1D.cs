namespace NeuralNet;

/// <summary>Takes the largest element of each window of sequences.</summary>
/// <remarks>Input [N, C, L]. Without parameters. See <see cref="Tensor.MaxPool"/>.</remarks>
/// <example><code>var layer = new MaxPool1D(2);</code></example>
/// <param name="kernelSize">The size of the windows.</param>
/// <param name="stride">The distance between neighbouring windows; the size of a window if left out.</param>
/// <param name="padding">How far windows reach beyond the input on each side; nothing if left out.</param>
/// <param name="dilation">The distance between neighbouring elements of a window; 1 if left out.</param>
/// <param name="ceilMode">Whether a last window may go beyond the padding, so that the size of the result is rounded up.</param>
public sealed class MaxPool1D(
    AxisSizes kernelSize,
    AxisSizes stride = default,
    AxisSizes padding = default,
    AxisSizes dilation = default,
    bool ceilMode = false) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => LayerArguments.DescribeWindows("MaxPool1D", kernelSize, stride, padding, dilation, ceilMode);

    /// <summary>Computes the output and the positions of its elements, as <see cref="MaxUnpool1D"/> needs them.</summary>
    /// <param name="x">The input, [N, C, L].</param>
    /// <returns>The output, and for each of its elements the position in the logical order of the spatial axes, of Int64.</returns>
    /// <exception cref="ShapeException">The input has other axes, or is smaller than a window.</exception>
    public (Tensor Output, Tensor Indices) ForwardWithIndices(Tensor x) =>
        (Forward(x), x.MaxPoolIndices(kernelSize, stride, padding, dilation, ceilMode));

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 1);
        return x.MaxPool(kernelSize, stride, padding, dilation, ceilMode);
    }
}
