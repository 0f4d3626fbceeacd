namespace NeuralNet;

/// <summary>A transposed convolution of volumes over three axes, then an activation: the learnt way to larger volumes.</summary>
/// <remarks>
/// Input [N, C, D, H, W], output [N, out, …] as
/// <see cref="Tensor.ConvolutionTranspose(Tensor, Tensor, AxisSizes, AxisSizes, AxisSizes, long, AxisSizes)"/> says. Parameters <c>weight</c>
/// of [in, out/groups, kD, kH, kW] and <c>bias</c> of [out], both drawn from U(−1/√n, 1/√n) for n = out/groups · kernel elements unless
/// initialisers are given.
/// </remarks>
/// <example><code>var layer = new ConvTranspose3D(8, 4, kernelSize: 2, stride: 2);</code></example>
public sealed class ConvTranspose3D : ConvolutionTransposeLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="inChannels">The channels of the input; −1 to take those of the first input.</param>
    /// <param name="outChannels">The channels of the output.</param>
    /// <param name="kernelSize">The size of the window.</param>
    /// <param name="stride">The distance between neighbouring windows in the output; 1 if left out.</param>
    /// <param name="padding">How much is cut off around the output; nothing if left out.</param>
    /// <param name="outputPadding">How much the output has in addition at the end; nothing if left out.</param>
    /// <param name="groups">Into how many groups, which do not see each other, the channels are divided.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="dilation">The distance between neighbouring elements of a window; 1 if left out.</param>
    /// <param name="activation">The function that is applied to the result, or null.</param>
    /// <param name="weightInitializer">How the weight is drawn; PyTorch's default if left out.</param>
    /// <param name="biasInitializer">How the bias is drawn; PyTorch's default if left out.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="generator">The source of randomness; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the groups do not divide the channels.</exception>
    public ConvTranspose3D(
        long inChannels,
        long outChannels,
        AxisSizes kernelSize,
        AxisSizes stride = default,
        AxisSizes padding = default,
        AxisSizes outputPadding = default,
        long groups = 1,
        bool bias = true,
        AxisSizes dilation = default,
        Layer? activation = null,
        Initializer? weightInitializer = null,
        Initializer? biasInitializer = null,
        DType dtype = DType.Float32,
        RandomGenerator? generator = null)
        : base(3, padding, outputPadding, new()
        {
            InChannels = inChannels,
            OutChannels = outChannels,
            KernelSize = kernelSize,
            Stride = stride,
            Dilation = dilation,
            Groups = groups,
            HasBias = bias,
            Activation = activation,
            WeightInitializer = weightInitializer,
            BiasInitializer = biasInitializer,
            DType = dtype,
            Generator = generator,
        })
    {
    }
}
