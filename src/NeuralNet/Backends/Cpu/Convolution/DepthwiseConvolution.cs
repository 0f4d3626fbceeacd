using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>Hands the operands of convolutions in which every channel has a group of its own to <see cref="Depthwise{T, TVector}"/>.</summary>
internal static unsafe class DepthwiseConvolution<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Whether every channel has a group of its own.</summary>
    public static bool Fits(Layout weight, ConvolutionGeometry geometry) =>
        geometry.Groups > 1 && weight.Sizes[1] == 1 && weight.Sizes[0] == geometry.Groups;

    /// <summary>Computes y, of a convolution or of one phase of an input gradient.</summary>
    /// <param name="backend">Where memory comes from.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="job">The results, and how windows lie; the rest is entered here.</param>
    /// <param name="x">The images, or dy, channels last.</param>
    /// <param name="weight">The weights.</param>
    /// <param name="bias">What is added to each channel, or null.</param>
    /// <param name="depth">The window along each axis.</param>
    /// <param name="height">The same.</param>
    /// <param name="width">The same.</param>
    public static void Run(
        CpuBackend backend,
        WorkerPool workers,
        ref DepthwiseJob<T> job,
        View<T> x,
        View<T> weight,
        View<T>? bias,
        AxisTaps depth,
        AxisTaps height,
        AxisTaps width)
    {
        int taps = depth.Count * height.Count * width.Count;
        using Scratch<long> lists = new(backend, Math.Max(1, depth.Count + height.Count + width.Count + taps));
        Enter(ref job, x.Layout, Extent.StridesOf(weight.Layout), depth, height, width, lists.Elements());
        using Scratch<T> packed = new(backend, Math.Max(1, taps * job.Channels));
        using BiasRow<T> row = new(backend, bias);
        fixed (T* px = &x.Reference(), pWeight = &weight.Reference(), pPacked = &packed.Reference(), pBias = &row.Reference())
        fixed (long* pLists = lists.Elements())
        {
            job.X = px;
            job.Weights = pPacked;
            job.Bias = pBias;
            job.Pixels = pLists;
            Pack(pWeight, PositionsOf(in job), taps, (nint)weight.Layout.Strides[0], job.Channels, pPacked);
            Depthwise<T, TVector>.Run(ref job, workers);
        }
    }

    /// <summary>Computes a weight gradient.</summary>
    public static void RunWeightGradient(CpuBackend backend, WorkerPool workers, View<T> dy, View<T> x, ConvolutionGeometry geometry, View<T> dw)
    {
        using ChannelsLast<T> images = new(backend, x, stackalloc long[geometry.Rank], x.Layout.Sizes[2..]);
        using ChannelsLast<T> gradients = new(backend, dy, stackalloc long[geometry.Rank], dy.Layout.Sizes[2..]);
        Extent kernel = Extent.SizesOf(dw.Layout);
        Extent dilation = Extent.OfSpatial(geometry.Dilation, missing: 1);
        int axes = checked((int)(kernel[1] + kernel[2] + kernel[3]));
        int taps = checked((int)(kernel[1] * kernel[2] * kernel[3]));
        using Scratch<long> lists = new(backend, 3 * axes + taps);
        Span<long> list = lists.Elements()[..(2 * axes)];
        AxisTaps depth = AxisTaps.Take(ref list, kernel[1], dilation[1]);
        AxisTaps height = AxisTaps.Take(ref list, kernel[2], dilation[2]);
        AxisTaps width = AxisTaps.Take(ref list, kernel[3], dilation[3]);
        DepthwiseJob<T> job = new()
        {
            Sizes = Extent.SizesOf(dy.Layout),
            YStrides = Extent.StridesOf(gradients.View.Layout),
            Step = Extent.OfSpatial(geometry.Stride, missing: 1),
            Before = Extent.OfSpatial(geometry.Padding, missing: 0),
        };
        Enter(ref job, images.View.Layout, Extent.StridesOf(dw.Layout), depth, height, width, lists.Elements()[(2 * axes)..]);
        int parts = Depthwise<T, TVector>.PlanParts(ref job);
        using Scratch<T> sums = new(backend, parts * taps * job.Channels);
        fixed (T* px = &images.View.Reference(), pdy = &gradients.View.Reference(), pSums = &sums.Reference(), pdw = &dw.Reference())
        fixed (long* pLists = lists.Elements()[(2 * axes)..])
        {
            job.X = px;
            job.Y = pdy;
            job.Weights = pSums;
            job.Pixels = pLists;
            Depthwise<T, TVector>.RunWeightGradient(ref job, parts, workers);
            AddParts(pSums, parts, taps, job.Channels);
            long* positions = PositionsOf(in job);
            for (int tap = 0; tap < taps; tap++)
            {
                for (nint channel = 0; channel < job.Channels; channel++)
                    pdw[positions[tap] + channel * (nint)dw.Layout.Strides[0]] = pSums[tap * job.Channels + channel];
            }
        }
    }

    /// <summary>Enters the images and the window; writes its pixels along each axis, then the places of its elements in the weights.</summary>
    private static void Enter(
        ref DepthwiseJob<T> job, Layout x, in Extent weights, AxisTaps depth, AxisTaps height, AxisTaps width, Span<long> list)
    {
        job.Inside = Extent.SizesOf(x);
        job.XStrides = Extent.StridesOf(x);
        job.Channels = (nint)x.Sizes[1];
        (job.Counts[0], job.Counts[1], job.Counts[2], job.Counts[3]) = (1, depth.Count, height.Count, width.Count);
        depth.Pixels.CopyTo(list);
        height.Pixels.CopyTo(list[depth.Count..]);
        width.Pixels.CopyTo(list[(depth.Count + height.Count)..]);
        Span<long> positions = list[(depth.Count + height.Count + width.Count)..];
        int tap = 0;
        foreach (long d in depth.Positions)
        {
            foreach (long h in height.Positions)
            {
                foreach (long i in width.Positions)
                    positions[tap++] = d * weights[1] + h * weights[2] + i * weights[3];
            }
        }
    }

    private static long* PositionsOf(in DepthwiseJob<T> job) => job.LinePixels + job.Counts[3];

    /// <summary>Copies weights to a row of channels for each element of the window.</summary>
    private static void Pack(T* source, long* positions, nint taps, nint channel, nint channels, T* destination)
    {
        for (nint tap = 0; tap < taps; tap++)
        {
            for (nint i = 0; i < channels; i++)
                *destination++ = source[positions[tap] + i * channel];
        }
    }

    /// <summary>Adds the parts to the first, in order.</summary>
    private static void AddParts(T* sums, int parts, nint taps, nint channels)
    {
        nint length = taps * channels;
        for (int part = 1; part < parts; part++)
        {
            for (nint i = 0; i < length; i += TVector.Count)
            {
                nint left = length - i;
                TVector sum = PartialVector<T, TVector>.LoadLeft(sums + i, left) + PartialVector<T, TVector>.LoadLeft(sums + part * length + i, left);
                PartialVector<T, TVector>.StoreLeft(sums + i, sum, left);
            }
        }
    }
}
