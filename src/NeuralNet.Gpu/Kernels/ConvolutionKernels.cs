using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Device code of <see cref="IConvolutionKernels"/>: implicit matrix products, which never write the windows out.</summary>
internal static class ConvolutionKernels
{
    public static void ConvolveByTiles<T>(ConvolutionSizes sizes, ArrayView<T> x, ArrayView<T> weight, ArrayView<T> bias, ArrayView<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ForwardProduct<T> product = new() { Sizes = sizes, X = x, Weight = weight, Bias = bias, Y = y };
        TileProduct.RunTiles<T, ForwardProduct<T>>(product, sizes.Groups);
    }

    public static void ConvolveByThreads<T>(ConvolutionSizes sizes, ArrayView<T> x, ArrayView<T> weight, ArrayView<T> bias, ArrayView<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ForwardProduct<T> product = new() { Sizes = sizes, X = x, Weight = weight, Bias = bias, Y = y };
        TileProduct.RunThreads<T, ForwardProduct<T>>(product, sizes.Groups);
    }

    public static void ConvolveInputGradientByTiles<T>(ConvolutionSizes sizes, ArrayView<T> dy, ArrayView<T> weight, ArrayView<T> bias, ArrayView<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        InputGradientProduct<T> product = new() { Sizes = sizes, Dy = dy, Weight = weight, Bias = bias, Dx = dx };
        TileProduct.RunTiles<T, InputGradientProduct<T>>(product, sizes.Groups);
    }

    public static void ConvolveInputGradientByThreads<T>(ConvolutionSizes sizes, ArrayView<T> dy, ArrayView<T> weight, ArrayView<T> bias, ArrayView<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        InputGradientProduct<T> product = new() { Sizes = sizes, Dy = dy, Weight = weight, Bias = bias, Dx = dx };
        TileProduct.RunThreads<T, InputGradientProduct<T>>(product, sizes.Groups);
    }

    public static void ConvolveWeightGradientByTiles<T>(
        ConvolutionSizes sizes, int parts, int partLength, ArrayView<T> dy, ArrayView<T> x, ArrayView<T> partials)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        WeightGradientProduct<T> product = new() { Sizes = sizes, PartLength = partLength, Dy = dy, X = x, Partials = partials };
        TileProduct.RunTiles<T, WeightGradientProduct<T>>(product, sizes.Groups * parts);
    }

    public static void ConvolveWeightGradientByGroups<T>(
        ConvolutionSizes sizes, int parts, int partLength, ArrayView<T> dy, ArrayView<T> x, ArrayView<T> partials)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        WeightGradientProduct<T> product = new() { Sizes = sizes, PartLength = partLength, Dy = dy, X = x, Partials = partials };
        TileProduct.RunGroups<T, WeightGradientProduct<T>>(product, sizes.Groups * parts);
    }

    /// <summary>Adds the parts of a weight gradient in their order, and puts them where they belong.</summary>
    public static void SumParts<T>(ConvolutionSizes sizes, int parts, ArrayView<T> partials, ArrayView<T> dw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int columns = sizes.Window.Length * sizes.Channels;
        int count = sizes.Groups * sizes.Columns * columns;
        for (long i = GridLoop.Start; i < count; i += GridLoop.Step)
        {
            T sum = T.Zero;
            for (int part = 0; part < parts; part++)
                sum += partials[(long)part * count + i];
            int column = (int)i % columns;
            var tap = SpatialPlace.Of(column / sizes.Channels, sizes.Window);
            dw[sizes.WeightStrides.At((int)i / columns, column % sizes.Channels, tap.Place0, tap.Place1, tap.Place2)] = sum;
        }
    }
}
