namespace NeuralNet;

/// <summary>What all layers of convolution share: windows of weights, a bias and an activation.</summary>
public abstract class WindowLayer : Layer
{
    private readonly ConvolutionArguments _arguments;
    private readonly long[] _kernel;
    private readonly bool _isTransposed;
    private readonly Layer? _activation;
    private Parameter _weight;
    private Parameter? _bias;

    private protected WindowLayer(int rank, bool isTransposed, in ConvolutionArguments arguments)
    {
        string name = GetType().Name;
        (_arguments, _isTransposed, _activation) = (arguments, isTransposed, arguments.Activation);
        LayerArguments.RequireGroups(name, arguments.InChannels, arguments.OutChannels, arguments.Groups);
        _kernel = arguments.KernelSize.Expand(name, "kernelSize", rank, missing: 0, least: 1);
        Strides = arguments.Stride.Expand(name, "stride", rank, missing: 1, least: 1);
        Dilations = arguments.Dilation.Expand(name, "dilation", rank, missing: 1, least: 1);
        if (arguments.InChannels == LayerArguments.Open)
            (_weight, _bias) = (new(name), arguments.HasBias ? new(name) : null);
        else
            (_weight, _bias) = Draw(arguments.InChannels);
    }

    /// <summary>Gets the weight: of [out, in/groups, kernel…], of a transposed convolution of [in, out/groups, kernel…].</summary>
    public Parameter Weight => _weight;

    /// <summary>Gets the bias, of [out]; null without one.</summary>
    public Parameter? Bias => _bias;

    /// <summary>Gets the function that is applied to the result, or null.</summary>
    public Layer? Activation => _activation;

    internal override bool IsOfLibrary => base.IsOfLibrary && (_activation is null || _activation.IsOfLibrary);

    /// <summary>Whether factors and summands of the output channels can become part of weight and bias.</summary>
    internal bool CanTakeChannelFactors => _activation is null && !HasHooks && _weight.IsInitialized;

    private protected long[] Strides { get; }

    private protected long[] Dilations { get; }

    private protected ReadOnlySpan<long> Kernel => _kernel;

    private protected ref readonly ConvolutionArguments Arguments => ref _arguments;

    private long InChannels =>
        !_weight.IsInitialized ? LayerArguments.Open : _isTransposed ? _weight.Shape[0] : _weight.Shape[1] * _arguments.Groups;

    /// <summary>A layer like this one whose output channels are multiplied and added to.</summary>
    /// <param name="scale">The factors, of [out], in Float64.</param>
    /// <param name="shift">The summands, of [out], in Float64.</param>
    internal WindowLayer WithChannelFactors(Tensor scale, Tensor shift)
    {
        using Autograd.Mode noGrad = Autograd.NoGrad();
        WindowLayer copy = (WindowLayer)MemberwiseClone();
        // The output channels of a transposed weight are its groups and, within them, its second axis.
        long groups = _isTransposed ? _arguments.Groups : 1;
        Tensor weight = _weight.Value.Cast(DType.Float64);
        Tensor byGroups = _isTransposed ? weight.Unflatten(0, groups, -1) : weight;
        long[] along = new long[byGroups.Rank];
        along.AsSpan().Fill(1);
        (along[0], along[_isTransposed ? 2 : 0]) = (_isTransposed ? groups : -1, -1);
        copy._weight = new((byGroups * scale.Reshape(along)).Reshape(weight.Shape).Cast(_weight.DType));
        copy._bias = new((_bias is null ? shift : _bias.Value.Cast(DType.Float64) * scale + shift).Cast(_weight.DType));
        return copy;
    }

    /// <summary>The text of the layer, with what only some have.</summary>
    private protected string Describe(string padding) =>
        $"{GetType().Name}({LayerArguments.Describe(InChannels)} → {_arguments.OutChannels}, {string.Join("×", _kernel)}"
            + $"{(_arguments.Stride.IsOne ? "" : $", stride {_arguments.Stride}")}{padding}"
            + $"{(_arguments.Dilation.IsOne ? "" : $", dilation {_arguments.Dilation}")}{(_arguments.Groups == 1 ? "" : $", groups {_arguments.Groups}")}"
            + $"{(_bias is null ? ", no bias" : "")}{(_activation is null ? "" : $", {_activation}")})";

    /// <summary>That the input fits; the first one tells the channels where they were left open.</summary>
    private protected void RequireInput(Tensor x)
    {
        LayerArguments.RequireAxes(x, _kernel.Length);
        if (!_weight.IsInitialized)
            Complete(x);
        if (x.Shape[1] != InChannels)
            throw new ShapeException($"expected {InChannels} input channels on axis 1, got {x.Shape[1]}; input {x.Shape}, weight {_weight.Shape}. Build the "
                + $"layer for {x.Shape[1]} channels, or give the input {InChannels}.");
    }

    private void Complete(Tensor x)
    {
        long channels = x.Shape[1];
        if (channels == 0 || channels % _arguments.Groups != 0)
            throw new ShapeException($"{channels} input channels on axis 1 cannot be divided into {_arguments.Groups} groups; input {x.Shape}. Give a "
                + "multiple of the groups.");
        lock (_kernel)
        {
            if (_weight.IsInitialized)
                return;
            (Parameter weight, Parameter? bias) = Draw(channels);
            _bias?.Initialize(bias!.Value, x.Device);
            _weight.Initialize(weight.Value, x.Device);
        }
    }

    /// <summary>Draws the parameters: both from U(−1/√n, 1/√n) for n weights that share an output, unless initialisers are given.</summary>
    private (Parameter Weight, Parameter? Bias) Draw(long inChannels)
    {
        (long first, long second) = _isTransposed ? (inChannels, _arguments.OutChannels) : (_arguments.OutChannels, inChannels);
        Shape shape = [first, second / _arguments.Groups, .. _kernel];
        Initializer initializer = _arguments.WeightInitializer ?? Initializer.KaimingUniform(a: Math.Sqrt(5));
        Parameter weight = new(initializer.Create(shape, _arguments.DType, _arguments.Generator));
        if (!_arguments.HasBias)
            return (weight, null);
        double bound = 1 / Math.Sqrt(shape.Length / shape[0]);
        Initializer biasInitializer = _arguments.BiasInitializer ?? Initializer.Uniform(-bound, bound);
        return (weight, new(biasInitializer.Create([_arguments.OutChannels], _arguments.DType, _arguments.Generator)));
    }
}
