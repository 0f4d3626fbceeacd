using System.Numerics;

namespace NeuralNet.Backends;

/// <summary>
/// Convolutions (cross-correlations) of batches of images x [N, C, …] with weights [K, C/groups, …] into y [N, K, …], over one to three
/// spatial axes, and their gradients. x and weights have any layout; results of images are channels-last, those of weights contiguous.
/// </summary>
internal interface IConvolutionKernels
{
    /// <summary>y[n, k, o] = activation(bias[k] + Σ x[n, c, o·stride − padding + r·dilation]·weight[k, c, r]).</summary>
    void Convolve<T>(View<T> x, View<T> weight, View<T>? bias, ConvolutionGeometry geometry, FusedActivation activation, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>dx[n, c, i] = bias[c] + Σ dy[n, k, o]·weight[k, c, r] over all o and r with o·stride − padding + r·dilation = i.</summary>
    void ConvolveInputGradient<T>(View<T> dy, View<T> weight, View<T>? bias, ConvolutionGeometry geometry, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>dw[k, c, r] = Σ dy[n, k, o]·x[n, c, o·stride − padding + r·dilation].</summary>
    void ConvolveWeightGradient<T>(View<T> dy, View<T> x, ConvolutionGeometry geometry, View<T> dw)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
