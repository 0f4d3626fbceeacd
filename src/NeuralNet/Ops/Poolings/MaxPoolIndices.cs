using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Finds the largest element of each window of images: what <see cref="MaxUnpool"/> needs.</summary>
    /// <returns>The positions, of Int64, in the logical order of the spatial axes: row · width + column.</returns>
    /// <inheritdoc cref="MaxPool"/>
    public Tensor MaxPoolIndices(
        AxisSizes kernelSize, AxisSizes stride = default, AxisSizes padding = default, AxisSizes dilation = default, bool ceilMode = false) =>
        Op.Apply(new MaxPoolIndicesOp(PoolingArguments.Regular(nameof(MaxPoolIndices), this, kernelSize, stride, padding, dilation, ceilMode)), this);

    /// <summary>Puts the elements of this tensor back to where a maximum was found, among zeros.</summary>
    /// <param name="indices">The positions, from <see cref="MaxPoolIndices"/>, of this tensor's shape.</param>
    /// <param name="outputSize">The spatial sizes of the result.</param>
    /// <returns>A tensor of [N, C, outputSize…].</returns>
    /// <remarks>The gradient is gathered from the positions. Where two windows have one position, an element of one of them stands there.</remarks>
    /// <exception cref="ShapeException">The shapes differ, or are none of images.</exception>
    /// <exception cref="ArgumentException">A position or a number is out of range.</exception>
    public Tensor MaxUnpool(Tensor indices, AxisSizes outputSize)
    {
        ArgumentNullException.ThrowIfNull(indices);
        Images.Require(nameof(MaxUnpool), this);
        if (indices.Shape != Shape)
            throw new ShapeException($"{nameof(MaxUnpool)}: indices {indices.Shape} for a tensor of {Shape}. Give them its shape.");
        long[] sizes = outputSize.Expand(nameof(MaxUnpool), nameof(outputSize), Rank - 2, missing: 0, least: 1);
        long[] shape = [Shape[0], Shape[1], .. sizes];
        Tensor zeros = Zeros(new Shape(Shape[0], Shape[1], Shape.OfChecked(sizes).Length), DType, Device);
        return zeros.Scatter(2, indices.Flatten(2), Flatten(2)).Reshape(Shape.OfChecked(shape));
    }
}

internal sealed class MaxPoolIndicesOp(PoolingAxis[] axes) : ConstantOp
{
    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        Require.FloatingPoint(this, inputs[0].DType);
        return new(Layout.ChannelsLast(PoolingArguments.ShapeOf(inputs[0].Shape, axes)), DType.Int64);
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (inputs[0].DType == DType.Float32)
            backend.MaxPoolIndices(inputs[0].View<float>(), axes, output.View<long>());
        else
            backend.MaxPoolIndices(inputs[0].View<double>(), axes, output.View<long>());
    }
}
