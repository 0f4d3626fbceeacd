using System.Numerics;
using NeuralNet.Backends.Cpu.Threading;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>When a convolution runs by Winograd's algorithm, and how its operands are handed on.</summary>
internal static unsafe class WinogradConvolution<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    private const long FewestChannels = 32;

    /// <summary>Below this transforming the weights costs more than it saves.</summary>
    private const long FewestTiles = 16;

    /// <summary>The same for the weight gradient, which transforms the weights once, at its end.</summary>
    private const long FewestGradientTiles = 48;

    /// <summary>Whether windows of 3×3 at distance 1 meet enough channels and pixels; only floats, whose speed is asked for.</summary>
    /// <param name="x">The images.</param>
    /// <param name="y">The results.</param>
    /// <param name="weight">The weights [K, C, 3, 3].</param>
    /// <param name="geometry">How the windows lie.</param>
    public static bool Pays(Layout x, Layout y, Layout weight, ConvolutionGeometry geometry) =>
        Fits(x, y, weight, geometry) && TilesOf(y) >= FewestTiles;

    /// <summary>The same for the weight gradient dw of images x and gradients dy.</summary>
    public static bool PaysForWeights(Layout x, Layout dy, Layout dw, ConvolutionGeometry geometry) =>
        Fits(x, dy, dw, geometry) && dy.Sizes[1] % TVector.Count == 0 && TilesOf(dy) >= FewestGradientTiles;

    private static long TilesOf(Layout y) => y.Sizes[0] * ((y.Sizes[2] + 3) / 4) * ((y.Sizes[3] + 3) / 4);

    private static bool Fits(Layout x, Layout y, Layout weight, ConvolutionGeometry geometry)
    {
        if (typeof(T) != typeof(float) || geometry.Rank != 2 || geometry.Groups != 1 || weight.Sizes[2] != 3 || weight.Sizes[3] != 3)
            return false;
        for (int axis = 0; axis < 2; axis++)
        {
            if (geometry.Stride[axis] != 1 || geometry.Dilation[axis] != 1 || geometry.Padding[axis] > 2)
                return false;
        }
        return x.Sizes[1] >= FewestChannels && y.Sizes[1] >= FewestChannels && x.Sizes[1] % TVector.Count == 0;
    }

    public static void Run(
        CpuBackend backend,
        WorkerPool workers,
        View<T> x,
        View<T> weight,
        View<T>? bias,
        ConvolutionGeometry geometry,
        FusedActivation activation,
        View<T> y)
    {
        ReadOnlySpan<long> strides = weight.Layout.Strides;
        (nint, nint) tap = ((nint)strides[2], (nint)strides[3]);
        Run(backend, workers, x, weight, bias, ((nint)geometry.Padding[0], (nint)geometry.Padding[1]), activation, y, 0, tap, 1, 0, PackedKind.Winograd);
    }

    /// <summary>The input gradient is the convolution of dy with the windows turned round and the channels exchanged.</summary>
    public static void RunInputGradient(
        CpuBackend backend, WorkerPool workers, View<T> dy, View<T> weight, View<T>? bias, ConvolutionGeometry geometry, View<T> dx)
    {
        ReadOnlySpan<long> strides = weight.Layout.Strides;
        (nint, nint) tap = (-(nint)strides[2], -(nint)strides[3]);
        (nint, nint) padding = (2 - (nint)geometry.Padding[0], 2 - (nint)geometry.Padding[1]);
        nint last = (nint)(2 * strides[2] + 2 * strides[3]);
        Run(backend, workers, dy, weight, bias, padding, FusedActivation.None, dx, last, tap, 0, 1, PackedKind.None);
    }

    public static void RunWeightGradient(CpuBackend backend, WorkerPool workers, View<T> dy, View<T> x, ConvolutionGeometry geometry, View<T> dw)
    {
        using ChannelsLast<T> images = new(backend, x, stackalloc long[2], x.Layout.Sizes[2..]);
        using ChannelsLast<T> gradients = new(backend, dy, stackalloc long[2], dy.Layout.Sizes[2..]);
        fixed (T* px = &images.View.Reference(), pdy = &gradients.View.Reference(), pdw = &dw.Reference())
        {
            WinogradGradientJob<T> job = new()
            {
                Images = new()
                {
                    X = px,
                    XSizes = Extent.SizesOf(x.Layout),
                    YSizes = Extent.SizesOf(dy.Layout),
                    XStrides = Extent.StridesOf(images.View.Layout),
                    Top = (nint)geometry.Padding[0],
                    Left = (nint)geometry.Padding[1],
                    Channels = (nint)x.Layout.Sizes[1],
                    Columns = (nint)dy.Layout.Sizes[1],
                },
                Dy = pdy,
                DyStrides = Extent.StridesOf(gradients.View.Layout),
                Dw = pdw,
            };
            for (int axis = 0; axis < Extent.Count; axis++)
                job.DwStrides[axis] = (nint)dw.Layout.Strides[axis];
            WinogradGradient<T, TVector>.Run(backend, workers, ref job);
        }
    }

    private static void Run(
        CpuBackend backend,
        WorkerPool workers,
        View<T> x,
        View<T> weight,
        View<T>? bias,
        (nint Top, nint Left) padding,
        FusedActivation activation,
        View<T> y,
        nint firstTap,
        (nint Row, nint Column) tap,
        int channelAxis,
        int columnAxis,
        PackedKind kind)
    {
        using ChannelsLast<T> images = new(backend, x, stackalloc long[2], x.Layout.Sizes[2..]);
        using BiasRow<T> row = new(backend, bias);
        fixed (T* px = &images.View.Reference(), pBias = &row.Reference(), py = &y.Reference())
        {
            WinogradJob<T> job = new()
            {
                X = px,
                Y = py,
                Bias = pBias,
                XSizes = Extent.SizesOf(x.Layout),
                YSizes = Extent.SizesOf(y.Layout),
                XStrides = Extent.StridesOf(images.View.Layout),
                YStrides = Extent.StridesOf(y.Layout),
                Top = padding.Top,
                Left = padding.Left,
                Channels = (nint)x.Layout.Sizes[1],
                Columns = (nint)y.Layout.Sizes[1],
                Relu = activation == FusedActivation.Relu,
            };
            nint channel = (nint)weight.Layout.Strides[channelAxis];
            nint column = (nint)weight.Layout.Strides[columnAxis];
            PackedKey key = new(kind, TVector.Count, 1, weight.Layout);
            Winograd<T, TVector>.Run(backend, workers, ref job, weight, firstTap, tap, channel, column, key);
        }
    }
}
