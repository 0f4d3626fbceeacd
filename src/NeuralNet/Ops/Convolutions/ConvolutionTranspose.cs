using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Convolves images with a weight in the other direction: the map whose matrix is the transpose of a convolution's.</summary>
    /// <param name="weight">The windows, of [C, K/groups, kernel…], for this tensor of [N, C, spatial…] with one to three spatial axes.</param>
    /// <param name="bias">What is added to each channel of the result, of [K]; or null.</param>
    /// <param name="stride">The distance between neighbouring windows in the result, 1 if left out.</param>
    /// <param name="padding">How many elements are cut off around the result, none if left out.</param>
    /// <param name="outputPadding">How many elements the result has in addition at the end, since several sizes of it would fit.</param>
    /// <param name="groups">Into how many groups, which do not see each other, the channels are divided.</param>
    /// <param name="dilation">The distance between neighbouring elements of a window, 1 if left out.</param>
    /// <returns>A tensor of [N, K, (size − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1 …].</returns>
    /// <remarks>y[n, k, i] = bias[k] + Σ x[n, c, o]·weight[c, k, r] over all o and r with o·stride − padding + r·dilation = i.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit, or nothing is left of the result.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    /// <exception cref="ArgumentException">A number is out of range, or there are too many.</exception>
    public Tensor ConvolutionTranspose(
        Tensor weight,
        Tensor? bias = null,
        AxisSizes stride = default,
        AxisSizes padding = default,
        AxisSizes outputPadding = default,
        long groups = 1,
        AxisSizes dilation = default)
    {
        const string Name = nameof(ConvolutionTranspose);
        ConvolutionGeometry geometry = ConvolutionOp.Geometry(Name, this, weight, stride, padding, dilation, groups);
        Span<long> added = stackalloc long[geometry.Rank];
        outputPadding.Expand(Name, nameof(outputPadding), added, missing: 0, least: 0);
        if (Shape[1] != weight.Shape[0])
            throw new ShapeException($"{Name}: expected {weight.Shape[0]} input channels on axis 1, got {Shape[1]}; input {Shape}, weight "
                + $"{weight.Shape}. Give the input that many channels, or build the weight for {Shape[1]}.");
        if (Shape[1] % groups != 0)
            throw new ShapeException($"{Name}: {Shape[1]} input channels cannot be divided into {groups} groups; input {Shape}. Give a multiple of the "
                + "groups.");
        Span<long> sizes = stackalloc long[Rank];
        (sizes[0], sizes[1]) = (Shape[0], weight.Shape[1] * groups);
        for (int axis = 0; axis < added.Length; axis++)
        {
            long kernel = weight.Shape.Span[axis + 2];
            if (added[axis] >= Math.Max(geometry.Stride[axis], geometry.Dilation[axis]))
                throw new ArgumentOutOfRangeException(nameof(outputPadding), added[axis], $"{Name}: outputPadding is {outputPadding}, stride "
                    + $"{geometry.Stride[axis]} and dilation {geometry.Dilation[axis]} on axis {axis + 2}. Give less than the larger of these.");
            sizes[axis + 2] = (Shape.Span[axis + 2] - 1) * geometry.Stride[axis] - 2 * geometry.Padding[axis] + geometry.Extent(axis, kernel)
                + added[axis];
            if (sizes[axis + 2] <= 0 || kernel == 0 || Shape.Span[axis + 2] == 0)
                throw new ShapeException($"{Name}: nothing is left of axis {axis + 2}; input {Shape}, weight {weight.Shape}, padding {padding}. Use "
                    + "larger images or windows, or less padding.");
        }
        // What the padding at the end leaves makes the convolution of the result as large as this tensor, whatever was added.
        Span<long> behind = stackalloc long[geometry.Rank];
        for (int axis = 0; axis < behind.Length; axis++)
            behind[axis] = geometry.Padding[axis] - added[axis];
        geometry = ConvolutionGeometry.Of(geometry.Stride, geometry.Padding, behind, geometry.Dilation, groups);
        ConvolutionInputGradOp op = new(geometry, Shape.Remembered(sizes));
        return bias is null ? Op.Apply(op, this, weight) : Op.Apply(op, this, weight, bias);
    }
}
