using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Takes the mean of each window of images.</summary>
    /// <param name="kernelSize">The size of the windows, for this tensor of [N, C, spatial…] with one to three spatial axes.</param>
    /// <param name="stride">The distance between neighbouring windows; the size of a window if left out.</param>
    /// <param name="padding">How many zeros stand on each side of the images, at most half of a window.</param>
    /// <param name="ceilMode">Whether a last window may go beyond the padding, so that the size of the result is rounded up.</param>
    /// <param name="countIncludePad">Whether the zeros count as elements.</param>
    /// <param name="divisorOverride">What sums are divided by instead of the number of elements; 0 for that.</param>
    /// <returns>A tensor of [N, C, (size + 2·padding − kernel)/stride + 1 …].</returns>
    /// <exception cref="ShapeException">The tensor is no batch of images, or smaller than a window.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public Tensor AveragePool(
        AxisSizes kernelSize,
        AxisSizes stride = default,
        AxisSizes padding = default,
        bool ceilMode = false,
        bool countIncludePad = true,
        long divisorOverride = 0)
    {
        if (divisorOverride < 0)
            throw new ArgumentOutOfRangeException(nameof(divisorOverride), divisorOverride, $"{nameof(AveragePool)}: divisorOverride is "
                + $"{divisorOverride}. Give a positive number, or 0 for the number of elements.");
        PoolingAxis[] axes = PoolingArguments.Regular(
            nameof(AveragePool), this, kernelSize, stride, padding, dilation: default, ceilMode, countIncludePad);
        for (int i = 0; divisorOverride > 0 && i < axes.Length; i++)
            axes[i] = axes[i].WithLength(i == 0 ? divisorOverride : 1);
        return Op.Apply(new AveragePoolOp(axes), this);
    }

    /// <summary>Takes the mean of each of a number of windows that cover images of any size.</summary>
    /// <param name="outputSize">The spatial sizes of the result; 1 for the mean of whole images.</param>
    /// <inheritdoc cref="AveragePool"/>
    public Tensor AdaptiveAveragePool(AxisSizes outputSize) =>
        Op.Apply(new AveragePoolOp(PoolingArguments.Adaptive(nameof(AdaptiveAveragePool), this, outputSize)), this);

    /// <summary>Takes the p-norm of each window of images: (Σ xᵖ)^(1/p).</summary>
    /// <param name="p">The exponent, positive.</param>
    /// <param name="kernelSize">The size of the windows, for this tensor of [N, C, spatial…] with one to three spatial axes.</param>
    /// <param name="stride">The distance between neighbouring windows; the size of a window if left out.</param>
    /// <param name="ceilMode">Whether a last window may go beyond the images, so that the size of the result is rounded up.</param>
    /// <returns>A tensor of [N, C, (size − kernel)/stride + 1 …]; 0 where the sum of an odd power is negative, as in PyTorch.</returns>
    /// <exception cref="ShapeException">The tensor is no batch of images, or smaller than a window.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public Tensor LpPool(double p, AxisSizes kernelSize, AxisSizes stride = default, bool ceilMode = false)
    {
        if (!(p > 0) || double.IsInfinity(p))
            throw new ArgumentOutOfRangeException(nameof(p), p, $"{nameof(LpPool)}: p is {p}. Give a positive number.");
        Require.FloatingPoint(nameof(LpPool), DType);
        PoolingAxis[] axes = PoolingArguments.Regular(nameof(LpPool), this, kernelSize, stride, padding: default, dilation: default, ceilMode);
        long elements = 1;
        foreach (long size in kernelSize.Expand(nameof(LpPool), nameof(kernelSize), axes.Length, missing: 0, least: 1))
            elements *= size;
        // A window that is cut off at the end counts as a whole one, as in PyTorch.
        Tensor sums = Op.Apply(new AveragePoolOp(axes), Pow(p)) * elements;
        return sums.Relu().Pow(1 / p);
    }
}

/// <summary>The mean of each window.</summary>
internal sealed class AveragePoolOp(PoolingAxis[] axes) : FloatingOp
{
    protected override Saves Saves => Saves.None;

    protected override Layout Arrange(Shape shape) => Layout.ChannelsLast(shape);

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs) => PoolingArguments.ShapeOf(inputs[0].Shape, axes);

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) =>
        gradients[0] = Apply(new AveragePoolGradOp(axes), dy);

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        backend.AveragePool(inputs[0].View<T>(), axes, output.View<T>());
}

/// <summary>dx for dy, in which it is linear.</summary>
internal sealed class AveragePoolGradOp(PoolingAxis[] axes) : FloatingOp
{
    protected override Saves Saves => Saves.None;

    protected override Layout Arrange(Shape shape) => Layout.ChannelsLast(shape);

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        long[] sizes = inputs[0].Shape.ToArray();
        for (int i = 0; i < axes.Length; i++)
            sizes[i + 2] = axes[i].Size;
        return Shape.OfChecked(sizes);
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) => gradients[0] = Apply(new AveragePoolOp(axes), dy);

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        backend.AveragePoolGradient(inputs[0].View<T>(), axes, output.View<T>());
}
