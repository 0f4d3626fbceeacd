namespace NeuralNet;

/// <summary>What the layers <see cref="Conv1D"/>, <see cref="Conv2D"/> and <see cref="Conv3D"/> share.</summary>
public abstract class ConvolutionLayer : WindowLayer
{
    private protected ConvolutionLayer(int rank, in ConvolutionArguments arguments)
        : base(rank, isTransposed: false, arguments) =>
        arguments.Padding.Expand(GetType().Name, Kernel, Strides, Dilations, stackalloc long[rank], stackalloc long[rank]);

    internal override bool TakesActivation => Activation is null && !HasHooks;

    private bool IsPaddedWithZeros => Arguments.PaddingMode == PaddingMode.Constant || Arguments.Padding.IsNone;

    /// <inheritdoc/>
    public override string ToString() =>
        Describe(Arguments.Padding.IsNone ? "" : $", padding {Arguments.Padding}{(IsPaddedWithZeros ? "" : $" ({Arguments.PaddingMode})")}");

    internal override Tensor ForwardWith(IResultActivation activation, Tensor x) => Convolve(x, activation);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (Activation is { HasHooks: false, ResultActivation: { } function })
        {
            Tensor activated = Convolve(x, function);
            LayerPath.RecordFused(Activation, activated);
            return activated;
        }
        Tensor y = Convolve(x, activation: null);
        return Activation is null ? y : LayerArguments.Activate(Activation, y);
    }

    private Tensor Convolve(Tensor x, IResultActivation? activation)
    {
        RequireInput(x);
        if (IsPaddedWithZeros)
            return Run(x, Arguments.Padding, activation);
        Tensor padded = x.Pad(Arguments.Padding.Widths(Kernel, Arguments.Dilation), Arguments.PaddingMode);
        Tensor y = Run(padded, ConvolutionPadding.Valid, activation);
        padded.End();
        return y;
    }

    private Tensor Run(Tensor x, ConvolutionPadding padding, IResultActivation? activation) =>
        x.Convolution(Weight, Bias?.Value, Arguments.Stride, padding, Arguments.Dilation, Arguments.Groups, activation);
}
