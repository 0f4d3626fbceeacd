using System.Numerics;
using NeuralNet.Backends.Cpu.Convolution;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu;

internal sealed partial class CpuBackend
{
    public void Convolve<T>(
        View<T> x, View<T> weight, View<T>? bias, ConvolutionGeometry geometry, FusedActivation activation, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        switch (_instructionSet)
        {
            case InstructionSet.Avx512: Convolve<T, Vector512Simd<T>>(x, weight, bias, geometry, activation, y); break;
            case InstructionSet.Avx2: Convolve<T, Vector256Simd<T>>(x, weight, bias, geometry, activation, y); break;
            case InstructionSet.Vector128: Convolve<T, Vector128Simd<T>>(x, weight, bias, geometry, activation, y); break;
            default: Convolve<T, ScalarSimd<T>>(x, weight, bias, geometry, activation, y); break;
        }
    }

    public void ConvolveInputGradient<T>(View<T> dy, View<T> weight, View<T>? bias, ConvolutionGeometry geometry, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (dx.IsEmpty)
            return;
        switch (_instructionSet)
        {
            case InstructionSet.Avx512: ConvolveInputGradient<T, Vector512Simd<T>>(dy, weight, bias, geometry, dx); break;
            case InstructionSet.Avx2: ConvolveInputGradient<T, Vector256Simd<T>>(dy, weight, bias, geometry, dx); break;
            case InstructionSet.Vector128: ConvolveInputGradient<T, Vector128Simd<T>>(dy, weight, bias, geometry, dx); break;
            default: ConvolveInputGradient<T, ScalarSimd<T>>(dy, weight, bias, geometry, dx); break;
        }
    }

    public void ConvolveWeightGradient<T>(View<T> dy, View<T> x, ConvolutionGeometry geometry, View<T> dw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (dw.IsEmpty)
            return;
        if (dy.IsEmpty)
        {
            Fill(T.Zero, dw);
            return;
        }
        switch (_instructionSet)
        {
            case InstructionSet.Avx512: ConvolveWeightGradient<T, Vector512Simd<T>>(dy, x, geometry, dw); break;
            case InstructionSet.Avx2: ConvolveWeightGradient<T, Vector256Simd<T>>(dy, x, geometry, dw); break;
            case InstructionSet.Vector128: ConvolveWeightGradient<T, Vector128Simd<T>>(dy, x, geometry, dw); break;
            default: ConvolveWeightGradient<T, ScalarSimd<T>>(dy, x, geometry, dw); break;
        }
    }

    /// <summary>Copies images with zeros around them.</summary>
    internal void CopyPadded<T>(ref PaddedCopy<T> job)
        where T : unmanaged => PaddedCopy<T>.Run(ref job, _workers);

    private void Convolve<T, TVector>(
        View<T> x, View<T> weight, View<T>? bias, ConvolutionGeometry geometry, FusedActivation activation, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct, ISimd<TVector, T>
    {
        if (_convolutions == ConvolutionAlgorithm.Automatic && WinogradConvolution<T, TVector>.Pays(x.Layout, y.Layout, weight.Layout, geometry))
            WinogradConvolution<T, TVector>.Run(this, _workers, x, weight, bias, geometry, activation, y);
        else if (SingleChannelConvolution<T, TVector>.Pays(x.Layout, y.Layout, weight.Layout, geometry))
            SingleChannelConvolution<T, TVector>.Run(this, _workers, x, weight, bias, geometry, activation, y);
        else
            DirectConvolution<T, TVector>.Run(this, _workers, x, weight, bias, geometry, activation, y);
    }

    private void ConvolveInputGradient<T, TVector>(View<T> dy, View<T> weight, View<T>? bias, ConvolutionGeometry geometry, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct, ISimd<TVector, T>
    {
        if (_convolutions == ConvolutionAlgorithm.Automatic && WinogradConvolution<T, TVector>.Pays(dy.Layout, dx.Layout, weight.Layout, geometry))
            WinogradConvolution<T, TVector>.RunInputGradient(this, _workers, dy, weight, bias, geometry, dx);
        else if (ScatterGradient<T, TVector>.Pays(dy.Layout, dx.Layout, weight.Layout, geometry))
            ScatterGradient<T, TVector>.Run(this, _workers, dy, weight, bias, geometry, dx);
        else
            DirectConvolution<T, TVector>.RunInputGradient(this, _workers, dy, weight, bias, geometry, dx);
    }

    private void ConvolveWeightGradient<T, TVector>(View<T> dy, View<T> x, ConvolutionGeometry geometry, View<T> dw)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct, ISimd<TVector, T>
    {
        if (_convolutions == ConvolutionAlgorithm.Automatic && WinogradConvolution<T, TVector>.PaysForWeights(x.Layout, dy.Layout, dw.Layout, geometry))
            WinogradConvolution<T, TVector>.RunWeightGradient(this, _workers, dy, x, geometry, dw);
        else if (SingleChannelConvolution<T, TVector>.Pays(x.Layout, dy.Layout, dw.Layout, geometry))
            SingleChannelConvolution<T, TVector>.RunWeightGradient(this, _workers, dy, x, geometry, dw);
        else
            WeightGradient<T, TVector>.Run(this, _workers, dy, x, geometry, dw);
    }
}
