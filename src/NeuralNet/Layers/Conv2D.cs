namespace NeuralNet;

/// <summary>A convolution of images over two axes, then an activation.</summary>
/// <remarks>
/// Input [N, C, H, W], output [N, out, …] as <see cref="Tensor.Convolution(Tensor, Tensor, AxisSizes, ConvolutionPadding, AxisSizes, long)"/> says.
/// Parameters <c>weight</c> of [out, in/groups, kH, kW] and <c>bias</c> of [out], both drawn from U(−1/√n, 1/√n) for n = in/groups · kernel elements unless
/// initialisers are given. A ReLU is applied by the kernel, with the same bits as the separate layer.
/// </remarks>
/// <example><code>var layer = new Conv2D(3, 16, kernelSize: 3, padding: 1, activation: new ReLU());</code></example>
public sealed class Conv2D : ConvolutionLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="inChannels">The channels of the input; −1 to take those of the first input.</param>
    /// <param name="outChannels">The channels of the output.</param>
    /// <param name="kernelSize">The size of the window.</param>
    /// <param name="stride">The distance between neighbouring windows; 1 if left out.</param>
    /// <param name="padding">How much stands around the input; nothing if left out.</param>
    /// <param name="dilation">The distance between neighbouring elements of a window; 1 if left out.</param>
    /// <param name="groups">Into how many groups, which do not see each other, the channels are divided.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">What stands around the input: zeros, or a continuation of it.</param>
    /// <param name="activation">The function that is applied to the result, or null.</param>
    /// <param name="weightInitializer">How the weight is drawn; PyTorch's default if left out.</param>
    /// <param name="biasInitializer">How the bias is drawn; PyTorch's default if left out.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="generator">The source of randomness; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the groups do not divide the channels.</exception>
    public Conv2D(
        long inChannels,
        long outChannels,
        AxisSizes kernelSize,
        AxisSizes stride = default,
        ConvolutionPadding padding = default,
        AxisSizes dilation = default,
        long groups = 1,
        bool bias = true,
        PaddingMode paddingMode = PaddingMode.Constant,
        Layer? activation = null,
        Initializer? weightInitializer = null,
        Initializer? biasInitializer = null,
        DType dtype = DType.Float32,
        RandomGenerator? generator = null)
        : base(2, new()
        {
            InChannels = inChannels,
            OutChannels = outChannels,
            KernelSize = kernelSize,
            Stride = stride,
            Padding = padding,
            Dilation = dilation,
            Groups = groups,
            HasBias = bias,
            PaddingMode = paddingMode,
            Activation = activation,
            WeightInitializer = weightInitializer,
            BiasInitializer = biasInitializer,
            DType = dtype,
            Generator = generator,
        })
    {
    }
}
