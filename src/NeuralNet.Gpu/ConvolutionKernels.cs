using System.Numerics;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    /// <summary>With fewer columns a tile would be mostly empty.</summary>
    private const int FewestTileColumns = 8;

    /// <summary>With fewer results the groups of a device would be idle.</summary>
    private const int FewestTileResults = 512;

    /// <summary>As many tiles keep a device busy; where a weight gradient has fewer, its pixels are divided.</summary>
    private const int BusyTiles = 256;

    /// <summary>The pixels of a part, at the least.</summary>
    private const int FewestPixels = 512;

    public void Convolve<T>(View<T> x, View<T> weight, View<T>? bias, ConvolutionGeometry geometry, FusedActivation activation, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        var sizes = ConvolutionSizes.Of(x.Layout, weight.Layout, y.Layout, geometry);
        sizes.Activation = (int)activation;
        AddBias(ref sizes, bias);
        int rows = checked(sizes.Images * sizes.Y.Length);
        if (sizes.Columns >= FewestTileColumns)
        {
            Launch(
                Kernels.ConvolutionKernels.ConvolveByTiles, ForGroups(sizes.Groups * Tiles(rows) * Tiles(sizes.Columns)),
                sizes, Elements(x), Elements(weight), Elements(bias ?? x), Elements(y));
        }
        else
        {
            Launch(
                Kernels.ConvolutionKernels.ConvolveByThreads, ForItems(y.Layout.Length),
                sizes, Elements(x), Elements(weight), Elements(bias ?? x), Elements(y));
        }
    }

    public void ConvolveInputGradient<T>(View<T> dy, View<T> weight, View<T>? bias, ConvolutionGeometry geometry, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (dx.IsEmpty)
            return;
        var sizes = ConvolutionSizes.Of(dx.Layout, weight.Layout, dy.Layout, geometry);
        AddBias(ref sizes, bias);
        int rows = checked(sizes.Images * sizes.X.Length);
        if (sizes.Channels >= FewestTileColumns)
        {
            Launch(
                Kernels.ConvolutionKernels.ConvolveInputGradientByTiles, ForGroups(sizes.Groups * Tiles(rows) * Tiles(sizes.Channels)),
                sizes, Elements(dy), Elements(weight), Elements(bias ?? dy), Elements(dx));
        }
        else
        {
            Launch(
                Kernels.ConvolutionKernels.ConvolveInputGradientByThreads, ForItems(dx.Layout.Length),
                sizes, Elements(dy), Elements(weight), Elements(bias ?? dy), Elements(dx));
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
        var sizes = ConvolutionSizes.Of(x.Layout, dw.Layout, dy.Layout, geometry);
        int pixels = checked(sizes.Images * sizes.Y.Length);
        int columns = checked(sizes.Window.Length * sizes.Channels);
        bool areTiled = sizes.Columns * columns >= FewestTileResults;
        long tiles = sizes.Groups * Tiles(sizes.Columns) * Tiles(columns);
        long parts = areTiled ? Math.Clamp(BusyTiles / tiles, 1, (pixels + FewestPixels - 1) / FewestPixels) : 1;
        int partLength = (int)((pixels + parts - 1) / parts);
        using Scratch<T> partials = new(this, parts * dw.Layout.Length);
        if (areTiled)
        {
            Launch(
                Kernels.ConvolutionKernels.ConvolveWeightGradientByTiles, ForGroups(parts * tiles),
                sizes, (int)parts, partLength, Elements(dy), Elements(x), Elements(partials));
        }
        else
        {
            Launch(
                Kernels.ConvolutionKernels.ConvolveWeightGradientByGroups, ForGroups(parts * dw.Layout.Length),
                sizes, (int)parts, partLength, Elements(dy), Elements(x), Elements(partials));
        }
        Launch(Kernels.ConvolutionKernels.SumParts, ForItems(dw.Layout.Length), sizes, (int)parts, Elements(partials), Elements(dw));
    }

    private static void AddBias<T>(ref ConvolutionSizes sizes, View<T>? bias)
        where T : unmanaged
    {
        if (bias is not { } given)
            return;
        sizes.HasBias = 1;
        sizes.BiasOffset = given.Layout.Offset;
        sizes.BiasStride = given.Layout.Strides[^1];
    }
}
