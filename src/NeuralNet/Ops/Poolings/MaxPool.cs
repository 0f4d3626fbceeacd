using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Takes the largest element of each window of images.</summary>
    /// <param name="kernelSize">The size of the windows, for this tensor of [N, C, spatial…] with one to three spatial axes.</param>
    /// <param name="stride">The distance between neighbouring windows; the size of a window if left out.</param>
    /// <param name="padding">How far windows reach beyond the images on each side, at most half of a window; no element there is taken.</param>
    /// <param name="dilation">The distance between neighbouring elements of a window, 1 if left out.</param>
    /// <param name="ceilMode">Whether a last window may go beyond the padding, so that the size of the result is rounded up.</param>
    /// <returns>A tensor of [N, C, (size + 2·padding − dilation·(kernel − 1) − 1)/stride + 1 …].</returns>
    /// <remarks>The gradient goes to the largest element, to the first of several. NaN counts as the largest.</remarks>
    /// <exception cref="ShapeException">The tensor is no batch of images, or smaller than a window.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public Tensor MaxPool(
        AxisSizes kernelSize, AxisSizes stride = default, AxisSizes padding = default, AxisSizes dilation = default, bool ceilMode = false) =>
        Op.Apply(new MaxPoolOp(PoolingArguments.Regular(nameof(MaxPool), this, kernelSize, stride, padding, dilation, ceilMode)), this);

    /// <summary>Takes the largest element of each of a number of windows that cover images of any size.</summary>
    /// <param name="outputSize">The spatial sizes of the result.</param>
    /// <inheritdoc cref="MaxPool"/>
    public Tensor AdaptiveMaxPool(AxisSizes outputSize) =>
        Op.Apply(new MaxPoolOp(PoolingArguments.Adaptive(nameof(AdaptiveMaxPool), this, outputSize)), this);

    /// <summary>Takes the smallest element of each window of images: −MaxPool(−x).</summary>
    /// <inheritdoc cref="MaxPool"/>
    public Tensor MinPool(
        AxisSizes kernelSize, AxisSizes stride = default, AxisSizes padding = default, AxisSizes dilation = default, bool ceilMode = false) =>
        -(-this).MaxPool(kernelSize, stride, padding, dilation, ceilMode);
}

/// <summary>The largest element of each window.</summary>
internal sealed class MaxPoolOp(PoolingAxis[] axes) : FloatingOp
{
    protected override Saves Saves => Saves.First;

    protected override Layout Arrange(Shape shape) => Layout.ChannelsLast(shape);

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs) => PoolingArguments.ShapeOf(inputs[0].Shape, axes);

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) =>
        gradients[0] = Apply(new MaxPoolGradOp(axes), dy, SavedInput(0));

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        backend.MaxPool(inputs[0].View<T>(), axes, output.View<T>());
}

/// <summary>dx for dy and x: linear in dy, constant in x but for jumps.</summary>
internal sealed class MaxPoolGradOp(PoolingAxis[] axes) : FloatingOp
{
    protected override Saves Saves => Saves.Second;

    protected override Layout Arrange(Shape shape) => Layout.ChannelsLast(shape);

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        Shape pooled = PoolingArguments.ShapeOf(inputs[1].Shape, axes);
        if (inputs[0].Shape != pooled)
            throw new ShapeException($"{Name}: gradients {inputs[0].Shape} for input {inputs[1].Shape}. Give them the shape {pooled}.");
        return inputs[1].Shape;
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        if (!NeedsGradient(0))
            return;
        Tensor x = SavedInput(1);
        Tensor indices = Apply(new MaxPoolIndicesOp(axes), x);
        gradients[0] = dy.Flatten(2).Gather(2, indices.Flatten(2)).Reshape(indices.Shape);
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        backend.MaxPoolGradient(inputs[0].View<T>(), inputs[1].View<T>(), axes, output.View<T>());
}
