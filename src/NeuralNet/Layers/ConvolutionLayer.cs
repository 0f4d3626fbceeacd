namespace NeuralNet;

/// <summary>What the layers <see cref="Conv1D"/>, <see cref="Conv2D"/> and <see cref="Conv3D"/> share.</summary>
public abstract class ConvolutionLayer : Layer
{
    private readonly int _rank;
    private readonly AxisSizes _stride;
    private readonly ConvolutionPadding _padding;
    private readonly AxisSizes _dilation;
    private readonly long _groups;
    private readonly PaddingMode _paddingMode;
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly Layer? _activation;

    private protected ConvolutionLayer(int rank, in ConvolutionArguments arguments)
    {
        string name = GetType().Name;
        _rank = rank;
        (_stride, _padding, _dilation) = (arguments.Stride, arguments.Padding, arguments.Dilation);
        (_groups, _paddingMode, _activation) = (arguments.Groups, arguments.PaddingMode, arguments.Activation);
        LayerArguments.RequireGroups(name, arguments.InChannels, arguments.OutChannels, _groups);
        long[] kernel = arguments.KernelSize.Expand(name, "kernelSize", rank, missing: 0, least: 1);
        long[] stride = _stride.Expand(name, "stride", rank, missing: 1, least: 1);
        _padding.Expand(name, kernel, stride, _dilation.Expand(name, "dilation", rank, missing: 1, least: 1));
        (_weight, _bias) = arguments.CreateParameters([arguments.OutChannels, arguments.InChannels / _groups, .. kernel], arguments.OutChannels);
    }

    /// <summary>Gets the weight, of [out, in/groups, kernel…].</summary>
    public Parameter Weight => _weight;

    /// <summary>Gets the bias, of [out]; null without one.</summary>
    public Parameter? Bias => _bias;

    /// <summary>Gets the function that is applied to the result, or null.</summary>
    public Layer? Activation => _activation;

    internal override bool IsOfLibrary => base.IsOfLibrary && (_activation is null || _activation.IsOfLibrary);

    internal override bool TakesRelu => _activation is null && !HasHooks;

    /// <inheritdoc/>
    public override string ToString()
    {
        string padding = _padding.IsNone ? "" : $", padding {_padding}{(_paddingMode == PaddingMode.Constant ? "" : $" ({_paddingMode})")}";
        return $"{GetType().Name}({_weight.Shape[1] * _groups} → {_weight.Shape[0]}, {string.Join("×", _weight.Shape.Skip(2))}"
            + $"{(_stride.IsOne ? "" : $", stride {_stride}")}{padding}{(_dilation.IsOne ? "" : $", dilation {_dilation}")}"
            + $"{(_groups == 1 ? "" : $", groups {_groups}")}{(_bias is null ? ", no bias" : "")}{(_activation is null ? "" : $", {_activation}")})";
    }

    internal override Tensor ForwardRelu(Tensor x) => Convolve(x, relu: true);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (_activation is ReLU { HasHooks: false })
            return Convolve(x, relu: true);
        Tensor y = Convolve(x, relu: false);
        return _activation is null ? y : LayerArguments.Activate(_activation, y);
    }

    private Tensor Convolve(Tensor x, bool relu)
    {
        LayerArguments.RequireChannels(x, _rank, _weight.Shape[1] * _groups, _weight.Shape);
        if (_paddingMode == PaddingMode.Constant || _padding.IsNone)
            return Run(x, _padding, relu);
        Tensor padded = x.Pad(_padding.Widths(_weight.Shape.Span[2..], _dilation), _paddingMode);
        Tensor y = Run(padded, ConvolutionPadding.Valid, relu);
        padded.End();
        return y;
    }

    private Tensor Run(Tensor x, ConvolutionPadding padding, bool relu) => relu
        ? x.ConvolutionRelu(_weight, _bias?.Value, _stride, padding, _dilation, _groups)
        : x.Convolution(_weight, _bias?.Value, _stride, padding, _dilation, _groups);
}
