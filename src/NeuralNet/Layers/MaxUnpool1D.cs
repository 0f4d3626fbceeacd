namespace NeuralNet;

/// <summary>Puts the elements that a <see cref="MaxPool1D"/> kept back to where they stood, among zeros.</summary>
/// <remarks>Input [N, C, L] with positions of the same shape; see <see cref="Tensor.MaxUnpool"/>. Without parameters. It has two inputs, so it is no
/// <see cref="Layer"/> of a <see cref="Sequential"/>.</remarks>
/// <example>
/// <code>
/// (Tensor y, Tensor indices) = new MaxPool1D(2).ForwardWithIndices(x);
/// Tensor restored = new MaxUnpool1D(2).Forward(y, indices);
/// </code>
/// </example>
/// <param name="kernelSize">The size of the windows.</param>
/// <param name="stride">The distance between neighbouring windows; the size of a window if left out.</param>
/// <param name="padding">How far windows reached beyond the input on each side; nothing if left out.</param>
public sealed class MaxUnpool1D(AxisSizes kernelSize, AxisSizes stride = default, AxisSizes padding = default) : Module
{
    /// <inheritdoc/>
    public override string ToString() => LayerArguments.DescribeWindows("MaxUnpool1D", kernelSize, stride, padding, dilation: default, ceilMode: false);

    /// <summary>Computes the output.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="indices">Their positions.</param>
    /// <param name="outputSize">The spatial sizes of the output; (in − 1)·stride − 2·padding + kernelSize if left out.</param>
    /// <exception cref="ShapeException">The shapes differ, or have other axes.</exception>
    /// <exception cref="ArgumentException">A position or a number is out of range.</exception>
    public Tensor Forward(Tensor x, Tensor indices, AxisSizes outputSize = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        LayerArguments.RequireAxes(x, 1);
        return x.MaxUnpool(indices, outputSize.IsEmpty ? PoolingArguments.UnpooledSize("MaxUnpool1D", x.Shape, kernelSize, stride, padding) : outputSize);
    }
}
