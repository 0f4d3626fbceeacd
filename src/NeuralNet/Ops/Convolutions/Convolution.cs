using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Convolves images with a weight: the cross-correlation that convolutional networks compute.</summary>
    /// <param name="weight">The windows, of [K, C/groups, kernel…], for this tensor of [N, C, spatial…] with one to three spatial axes.</param>
    /// <param name="bias">What is added to each channel of the result, of [K]; or null.</param>
    /// <param name="stride">The distance between neighbouring windows, 1 if left out.</param>
    /// <param name="padding">How many zeros stand around the images, none if left out.</param>
    /// <param name="dilation">The distance between neighbouring elements of a window, 1 if left out.</param>
    /// <param name="groups">Into how many groups, which do not see each other, the channels are divided.</param>
    /// <returns>A tensor of [N, K, (size + 2·padding − dilation·(kernel − 1) − 1)/stride + 1 …], with the channels of a pixel side by side in
    /// memory.</returns>
    /// <remarks>y[n, k, o] = bias[k] + Σ x[n, c, o·stride − padding + r·dilation]·weight[k, c, r]. Each sum has one order, whatever the number
    /// of threads. Has gradients of every order.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit, or a window is larger than the padded images.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    /// <exception cref="ArgumentException">A number is out of range, or there are too many.</exception>
    public Tensor Convolution(
        Tensor weight,
        Tensor? bias = null,
        AxisSizes stride = default,
        ConvolutionPadding padding = default,
        AxisSizes dilation = default,
        long groups = 1) =>
        Convolution(weight, bias, stride, padding, dilation, groups, activation: null);

    /// <summary>The same with an activation; equal in bits to applying it afterwards.</summary>
    internal Tensor Convolution(
        Tensor weight,
        Tensor? bias,
        AxisSizes stride,
        ConvolutionPadding padding,
        AxisSizes dilation,
        long groups,
        IResultActivation? activation)
    {
        ConvolutionOp op = new(ConvolutionOp.Geometry(nameof(Convolution), this, weight, stride, padding, dilation, groups), activation);
        return bias is null ? Op.Apply(op, this, weight) : Op.Apply(op, this, weight, bias);
    }
}

/// <summary>y = activation(x ⋆ w + b), for x [N, C, …], w [K, C/groups, …] and b [K].</summary>
internal sealed class ConvolutionOp(ConvolutionGeometry geometry, IResultActivation? activation = null) : FloatingOp
{
    protected override Saves Saves => Saves.First | Saves.Second | (activation is null ? Saves.None : Saves.Output);

    /// <summary>Reads the arguments of a convolution.</summary>
    public static ConvolutionGeometry Geometry(
        string name, Tensor x, Tensor weight, AxisSizes stride, ConvolutionPadding padding, AxisSizes dilation, long groups)
    {
        ArgumentNullException.ThrowIfNull(weight);
        Images.Require(name, x);
        int rank = x.Rank - 2;
        if (weight.Rank != x.Rank)
            throw new ShapeException($"{name}: input {x.Shape} and weight {weight.Shape}: the weight must have {x.Rank} axes, [out, in/groups] and "
                + "one for each spatial axis. Reshape one of them.");
        if (groups <= 0)
            throw new ArgumentOutOfRangeException(nameof(groups), groups, $"{name}: groups is {groups}. Give 1 or more.");
        Span<long> strides = stackalloc long[rank];
        Span<long> dilations = stackalloc long[rank];
        Span<long> before = stackalloc long[rank];
        Span<long> behind = stackalloc long[rank];
        stride.Expand(name, nameof(stride), strides, missing: 1, least: 1);
        dilation.Expand(name, nameof(dilation), dilations, missing: 1, least: 1);
        padding.Expand(name, weight.Shape.Span[2..], strides, dilations, before, behind);
        return ConvolutionGeometry.Of(strides, before, behind, dilations, groups);
    }

    /// <exception cref="ShapeException">The bias does not fit.</exception>
    public static void RequireBias(string name, ReadOnlySpan<Tensor> inputs, long channels)
    {
        if (inputs.Length == 3 && (inputs[2].Rank != 1 || inputs[2].Length != channels))
            throw new ShapeException($"{name}: bias {inputs[2].Shape} for {channels} output channels. Give it the shape [{channels}].");
    }

    protected override Layout Arrange(Shape shape) => Layout.ChannelsLast(shape);

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        (Shape x, Shape weight) = (inputs[0].Shape, inputs[1].Shape);
        long channels = weight[1] * geometry.Groups;
        if (x[1] != channels)
            throw new ShapeException($"{Name}: expected {channels} input channels on axis 1, got {x[1]}; input {x}, weight {weight}"
                + $"{(geometry.Groups == 1 ? "" : $", groups {geometry.Groups}")}. Give the input that many channels, or build the weight for {x[1]}.");
        if (weight[0] % geometry.Groups != 0)
            throw new ShapeException($"{Name}: {weight[0]} output channels cannot be divided into {geometry.Groups} groups; weight {weight}. Give "
                + "a multiple of the groups.");
        RequireBias(Name, inputs, weight[0]);
        Span<long> sizes = stackalloc long[x.Rank];
        (sizes[0], sizes[1]) = (x[0], weight[0]);
        for (int axis = 0; axis < geometry.Rank; axis++)
        {
            (long size, long kernel) = (x.Span[axis + 2], weight.Span[axis + 2]);
            if (kernel == 0)
                throw new ShapeException($"{Name}: weight {weight} has windows of no elements. Give every axis a size of at least 1.");
            sizes[axis + 2] = geometry.OutputSize(axis, size, kernel);
            if (sizes[axis + 2] <= 0)
                throw new ShapeException($"{Name}: windows of {geometry.Extent(axis, kernel)} on axis {axis + 2}, but only "
                    + $"{size + geometry.Padding[axis] + geometry.PaddingBehind[axis]} elements there, padding included; input {x}, weight {weight}. "
                    + "Use larger images, more padding or smaller windows.");
        }
        return Shape.Remembered(sizes);
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        if (activation is not null)
            dy = activation.Gradient(dy, SavedOutput());
        Tensor x = SavedInput(0);
        Tensor weight = SavedInput(1);
        gradients[0] = NeedsGradient(0) ? Apply(new ConvolutionInputGradOp(geometry, x.Shape), dy, weight) : null;
        gradients[1] = NeedsGradient(1) ? Apply(new ConvolutionWeightGradOp(geometry, weight.Shape), dy, x) : null;
        if (gradients.Length == 3)
            gradients[2] = NeedsGradient(2) ? Images.SumOfChannels(dy) : null;
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        FusedActivation inKernel = IResultActivation.KernelPart(activation);
        View<T> y = output.View<T>();
        backend.Convolve(inputs[0].View<T>(), inputs[1].View<T>(), inputs.Length == 3 ? inputs[2].View<T>() : null, geometry, inKernel, y);
        IResultActivation.Complete(activation, backend, y);
    }
}

/// <summary>
/// dx for dy [N, K, …] and w [K, C/groups, …]: what a transposed convolution computes, there with a bias [C]. Linear in both.
/// </summary>
/// <param name="geometry">Of the convolution.</param>
/// <param name="shape">That of dx.</param>
internal sealed class ConvolutionInputGradOp(ConvolutionGeometry geometry, Shape shape) : FloatingOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override Layout Arrange(Shape shape) => Layout.ChannelsLast(shape);

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        (Shape dy, Shape weight) = (inputs[0].Shape, inputs[1].Shape);
        if (dy[1] != weight[0])
            throw new ShapeException($"{Name}: expected {weight[0]} channels on axis 1, got {dy[1]}; input {dy}, weight {weight}. Give the input "
                + "that many channels, or another weight.");
        ConvolutionOp.RequireBias(Name, inputs, shape[1]);
        return shape;
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        gradients[0] = NeedsGradient(0) ? Apply(new ConvolutionOp(geometry), dy, SavedInput(1)) : null;
        gradients[1] = NeedsGradient(1) ? Apply(new ConvolutionWeightGradOp(geometry, SavedInput(1).Shape), SavedInput(0), dy) : null;
        if (gradients.Length == 3)
            gradients[2] = NeedsGradient(2) ? Images.SumOfChannels(dy) : null;
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) => backend.ConvolveInputGradient(
        inputs[0].View<T>(), inputs[1].View<T>(), inputs.Length == 3 ? inputs[2].View<T>() : null, geometry, output.View<T>());
}

/// <summary>dw for dy [N, K, …] and x [N, C, …]. Linear in both.</summary>
/// <param name="geometry">Of the convolution.</param>
/// <param name="shape">That of dw.</param>
internal sealed class ConvolutionWeightGradOp(ConvolutionGeometry geometry, Shape shape) : FloatingOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        (Shape dy, Shape x) = (inputs[0].Shape, inputs[1].Shape);
        if (dy[1] != shape[0] || x[1] != shape[1] * geometry.Groups || dy[0] != x[0])
            throw new ShapeException($"{Name}: gradients {dy} and input {x} do not fit a weight of {shape} in {geometry.Groups} groups. Give "
                + "them the shapes of the convolution.");
        return shape;
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        gradients[0] = NeedsGradient(0) ? Apply(new ConvolutionOp(geometry), SavedInput(1), dy) : null;
        gradients[1] = NeedsGradient(1) ? Apply(new ConvolutionInputGradOp(geometry, SavedInput(1).Shape), SavedInput(0), dy) : null;
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        backend.ConvolveWeightGradient(inputs[0].View<T>(), inputs[1].View<T>(), geometry, output.View<T>());
}
