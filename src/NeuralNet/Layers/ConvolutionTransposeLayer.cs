namespace NeuralNet;

/// <summary>What the layers <see cref="ConvTranspose1D"/>, <see cref="ConvTranspose2D"/> and <see cref="ConvTranspose3D"/> share.</summary>
public abstract class ConvolutionTransposeLayer : WindowLayer
{
    private readonly AxisSizes _padding;
    private readonly AxisSizes _outputPadding;

    private protected ConvolutionTransposeLayer(int rank, AxisSizes padding, AxisSizes outputPadding, in ConvolutionArguments arguments)
        : base(rank, isTransposed: true, arguments)
    {
        string name = GetType().Name;
        (_padding, _outputPadding) = (padding, outputPadding);
        _padding.Expand(name, nameof(padding), rank, missing: 0, least: 0);
        long[] added = _outputPadding.Expand(name, nameof(outputPadding), rank, missing: 0, least: 0);
        for (int axis = 0; axis < rank; axis++)
        {
            if (added[axis] >= Math.Max(Strides[axis], Dilations[axis]))
                throw new ArgumentOutOfRangeException(nameof(outputPadding), added[axis], $"{name}: outputPadding is {outputPadding}, stride "
                    + $"{Strides[axis]} and dilation {Dilations[axis]} on spatial axis {axis}. Give less than the larger of these.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Describe(
        $"{(_padding.IsEmpty ? "" : $", padding {_padding}")}{(_outputPadding.IsEmpty ? "" : $", output padding {_outputPadding}")}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        RequireInput(x);
        Tensor y = x.ConvolutionTranspose(
            Weight, Bias?.Value, Arguments.Stride, _padding, _outputPadding, Arguments.Groups, Arguments.Dilation);
        return Activation is null ? y : LayerArguments.Activate(Activation, y);
    }
}
