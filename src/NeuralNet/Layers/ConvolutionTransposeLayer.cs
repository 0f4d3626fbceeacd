namespace NeuralNet;

/// <summary>What the layers <see cref="ConvTranspose1D"/>, <see cref="ConvTranspose2D"/> and <see cref="ConvTranspose3D"/> share.</summary>
public abstract class ConvolutionTransposeLayer : Layer
{
    private readonly int _rank;
    private readonly AxisSizes _stride;
    private readonly AxisSizes _padding;
    private readonly AxisSizes _outputPadding;
    private readonly AxisSizes _dilation;
    private readonly long _groups;
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly Layer? _activation;

    private protected ConvolutionTransposeLayer(int rank, AxisSizes padding, AxisSizes outputPadding, in ConvolutionArguments arguments)
    {
        string name = GetType().Name;
        _rank = rank;
        (_stride, _padding, _outputPadding, _dilation) = (arguments.Stride, padding, outputPadding, arguments.Dilation);
        (_groups, _activation) = (arguments.Groups, arguments.Activation);
        LayerArguments.RequireGroups(name, arguments.InChannels, arguments.OutChannels, _groups);
        long[] kernel = arguments.KernelSize.Expand(name, "kernelSize", rank, missing: 0, least: 1);
        long[] stride = _stride.Expand(name, "stride", rank, missing: 1, least: 1);
        long[] dilation = _dilation.Expand(name, "dilation", rank, missing: 1, least: 1);
        _padding.Expand(name, nameof(padding), rank, missing: 0, least: 0);
        long[] added = _outputPadding.Expand(name, nameof(outputPadding), rank, missing: 0, least: 0);
        for (int axis = 0; axis < rank; axis++)
        {
            if (added[axis] >= Math.Max(stride[axis], dilation[axis]))
                throw new ArgumentOutOfRangeException(nameof(outputPadding), added[axis], $"{name}: outputPadding is {outputPadding}, stride "
                    + $"{stride[axis]} and dilation {dilation[axis]} on spatial axis {axis}. Give less than the larger of these.");
        }
        (_weight, _bias) = arguments.CreateParameters([arguments.InChannels, arguments.OutChannels / _groups, .. kernel], arguments.OutChannels);
    }

    /// <summary>Gets the weight, of [in, out/groups, kernel…].</summary>
    public Parameter Weight => _weight;

    /// <summary>Gets the bias, of [out]; null without one.</summary>
    public Parameter? Bias => _bias;

    /// <summary>Gets the function that is applied to the result, or null.</summary>
    public Layer? Activation => _activation;

    internal override bool IsOfLibrary => base.IsOfLibrary && (_activation is null || _activation.IsOfLibrary);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{GetType().Name}({_weight.Shape[0]} → {_weight.Shape[1] * _groups}, {string.Join("×", _weight.Shape.Skip(2))}"
            + $"{(_stride.IsOne ? "" : $", stride {_stride}")}{(_padding.IsEmpty ? "" : $", padding {_padding}")}"
            + $"{(_outputPadding.IsEmpty ? "" : $", output padding {_outputPadding}")}{(_dilation.IsOne ? "" : $", dilation {_dilation}")}"
            + $"{(_groups == 1 ? "" : $", groups {_groups}")}{(_bias is null ? ", no bias" : "")}{(_activation is null ? "" : $", {_activation}")})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireChannels(x, _rank, _weight.Shape[0], _weight.Shape);
        Tensor y = x.ConvolutionTranspose(_weight, _bias?.Value, _stride, _padding, _outputPadding, _groups, _dilation);
        return _activation is null ? y : LayerArguments.Activate(_activation, y);
    }
}
