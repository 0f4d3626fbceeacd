using NeuralNet.Backends.Cpu.Threading;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>Convolutions and their input gradients as sums over windows, of any stride, dilation and number of groups.</summary>
internal static unsafe class DirectConvolution<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Computes a convolution.</summary>
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
        int rank = geometry.Rank;
        Extent stride = Extent.OfSpatial(geometry.Stride, missing: 1);
        Extent kernel = Extent.SizesOf(weight.Layout);
        Extent dilation = Extent.OfSpatial(geometry.Dilation, missing: 1);
        using Scratch<long> lists = new(backend, 2 * (kernel[1] + kernel[2] + kernel[3]));
        Span<long> list = lists.Elements();
        AxisTaps depth = AxisTaps.Take(ref list, kernel[1], dilation[1]);
        AxisTaps height = AxisTaps.Take(ref list, kernel[2], dilation[2]);
        AxisTaps width = AxisTaps.Take(ref list, kernel[3], dilation[3]);
        if (DepthwiseConvolution<T, TVector>.Fits(weight.Layout, geometry))
        {
            using ChannelsLast<T> wholeImages = new(backend, x, stackalloc long[rank], x.Layout.Sizes[2..]);
            DepthwiseJob<T> depthwise = new()
            {
                Sizes = Extent.SizesOf(y.Layout),
                YStrides = Extent.StridesOf(y.Layout),
                Step = stride,
                Before = Extent.OfSpatial(geometry.Padding, missing: 0),
                Relu = activation == FusedActivation.Relu,
            };
            fixed (T* py = &y.Reference())
            {
                depthwise.Y = py;
                DepthwiseConvolution<T, TVector>.Run(backend, workers, ref depthwise, wholeImages.View, weight, bias, depth, height, width);
            }
            return;
        }
        Span<long> room = stackalloc long[rank + 2];
        x.Layout.Sizes[..2].CopyTo(room);
        Span<long> sizes = room[2..];
        for (int axis = 0; axis < rank; axis++)
            sizes[axis] = (y.Layout.Sizes[axis + 2] - 1) * geometry.Stride[axis] + geometry.Extent(axis, weight.Layout.Sizes[axis + 2]);
        bool isWhole = ChannelsLast<T>.Fits(x.Layout, geometry.Padding, sizes);
        Layout layout = isWhole ? x.Layout : Layout.ChannelsLast(Shape.Remembered(room));
        Extent pixels = Extent.StridesOf(layout);
        Layout weights = weight.Layout;
        nint channels = (nint)weights.Sizes[1];
        using WindowTables<T> tables = new(backend, depth, height, width, channels, pixels, Extent.StridesOf(weights), weights.Strides[1]);
        WindowJob<T> job = new()
        {
            Sizes = Extent.SizesOf(y.Layout),
            YStrides = Extent.StridesOf(y.Layout),
            Groups = (nint)geometry.Groups,
            XGroup = channels,
            Columns = (nint)(y.Layout.Sizes[1] / geometry.Groups),
            SegmentCount = tables.SegmentCount,
            Steps = tables.Steps,
            Relu = activation == FusedActivation.Relu,
        };
        for (int axis = 0; axis < Extent.Count; axis++)
            job.XStrides[axis] = stride[axis] * pixels[axis];
        if (!isWhole && ChannelsLast<T>.AreLines(x.Layout))
        {
            job.Copy = new(x.Layout, geometry.Padding, layout);
            job.WindowLines = (kernel[2] - 1) * dilation[2] + 1;
            job.PlanCopies();
        }
        using ChannelsLast<T> images = job.Copies
            ? new(backend, x, stackalloc long[rank], x.Layout.Sizes[2..])
            : new(backend, x, geometry.Padding, sizes);
        nint group = (nint)(job.Columns * weights.Strides[0]);
        fixed (T* px = &images.View.Reference(), py = &y.Reference())
        {
            job.X = px;
            job.Copy.Source = px;
            job.Y = py;
            PackedKey key = new(PackedKind.Convolution, TVector.Count, geometry.Groups, weights);
            RunJob(backend, workers, ref job, tables, weight, (nint)weights.Strides[0], group, bias, key);
        }
    }

    /// <summary>
    /// Computes an input gradient. The pixels of dx that stand at one phase of the stride see the same elements of the window: each phase is
    /// a convolution of dy, without stride, by them.
    /// </summary>
    public static void RunInputGradient(
        CpuBackend backend, WorkerPool workers, View<T> dy, View<T> weight, View<T>? bias, ConvolutionGeometry geometry, View<T> dx)
    {
        int rank = geometry.Rank;
        Span<long> before = stackalloc long[rank];
        Span<long> sizes = stackalloc long[rank];
        long longest = 0;
        for (int axis = 0; axis < rank; axis++)
        {
            Phases phases = new(geometry, axis, weight.Layout.Sizes[axis + 2], dx.Layout.Sizes[axis + 2]);
            (before[axis], sizes[axis]) = phases.Range();
            longest = Math.Max(longest, weight.Layout.Sizes[axis + 2]);
        }
        using ChannelsLast<T> images = DepthwiseConvolution<T, TVector>.Fits(weight.Layout, geometry)
            ? new(backend, dy, stackalloc long[rank], dy.Layout.Sizes[2..])
            : new(backend, dy, before, sizes);
        using Scratch<long> lists = new(backend, 2 * Extent.Count * longest);
        Extent kernel = Extent.SizesOf(weight.Layout);
        Extent sizesOfX = Extent.SizesOf(dx.Layout);
        Extent strides = Extent.OfSpatial(geometry.Stride, missing: 1);
        Extent low = Extent.OfSpatial(before, missing: 0);
        Span<Phases> axes =
        [
            default,
            PhasesOf(geometry, 1, kernel, sizesOfX), PhasesOf(geometry, 2, kernel, sizesOfX), PhasesOf(geometry, 3, kernel, sizesOfX),
        ];
        for (nint d = 0; d < strides[1]; d++)
        {
            for (nint h = 0; h < strides[2]; h++)
            {
                for (nint i = 0; i < strides[3]; i++)
                {
                    Span<long> list = lists.Elements();
                    Phase depth = axes[1].Take(d, low[1], ref list);
                    Phase height = axes[2].Take(h, low[2], ref list);
                    Phase width = axes[3].Take(i, low[3], ref list);
                    if (depth.Count > 0 && height.Count > 0 && width.Count > 0)
                        RunPhase(backend, workers, images.View, weight, bias, geometry, dx, low, depth, height, width);
                }
            }
        }
    }

    private static Phases PhasesOf(ConvolutionGeometry geometry, int place, in Extent kernel, in Extent sizes)
    {
        int axis = place - (Extent.Count - geometry.Rank);
        return axis < 0 ? Phases.None : new(geometry, axis, kernel[place], sizes[place]);
    }

    private static void RunPhase(
        CpuBackend backend,
        WorkerPool workers,
        View<T> dy,
        View<T> weight,
        View<T>? bias,
        ConvolutionGeometry geometry,
        View<T> dx,
        in Extent before,
        Phase depth,
        Phase height,
        Phase width)
    {
        Extent pixels = Extent.StridesOf(dy.Layout);
        Extent strides = Extent.StridesOf(dx.Layout);
        Layout weights = weight.Layout;
        WindowJob<T> job = new()
        {
            XStrides = pixels,
            YStrides = strides,
            Groups = (nint)geometry.Groups,
            XGroup = (nint)(weights.Sizes[0] / geometry.Groups),
            Columns = (nint)weights.Sizes[1],
        };
        job.Sizes[0] = (nint)dx.Layout.Sizes[0];
        nint start = 0;
        for (int axis = 1; axis < Extent.Count; axis++)
        {
            Phase phase = axis == 1 ? depth : axis == 2 ? height : width;
            job.Sizes[axis] = phase.Count;
            job.YStrides[axis] = phase.Stride * strides[axis];
            start += phase.First * strides[axis];
        }
        if (DepthwiseConvolution<T, TVector>.Fits(weights, geometry))
        {
            DepthwiseJob<T> depthwise = new()
            {
                Sizes = job.Sizes,
                YStrides = job.YStrides,
                Step = Extent.OfSpatial([], missing: 1),
                Before = before,
            };
            fixed (T* py = &dx.Reference())
            {
                depthwise.Y = py + start;
                DepthwiseConvolution<T, TVector>.Run(backend, workers, ref depthwise, dy, weight, bias, depth.Taps, height.Taps, width.Taps);
            }
            return;
        }
        using WindowTables<T> tables = new(
            backend, depth.Taps, height.Taps, width.Taps, job.XGroup, pixels, Extent.StridesOf(weights), weights.Strides[0]);
        fixed (T* px = &dy.Reference(), py = &dx.Reference())
        {
            job.X = px;
            job.Y = py + start;
            RunJob(backend, workers, ref job, tables, weight, (nint)weights.Strides[1], (nint)(job.XGroup * weights.Strides[0]), bias, default);
        }
    }

    /// <summary>Packs the weights that the tables name, and runs the job.</summary>
    private static void RunJob(
        CpuBackend backend,
        WorkerPool workers,
        ref WindowJob<T> job,
        in WindowTables<T> tables,
        View<T> weight,
        nint column,
        nint group,
        View<T>? bias,
        PackedKey key)
    {
        using BiasRow<T> row = new(backend, bias);
        nint length = job.Groups * PackedWeights.ColumnsOf<TVector, T>(job.Columns) * tables.SumLength;
        using WeightCopy<T> packed = new(backend, weight, key, Math.Max(1, length));
        fixed (T* pWeight = &weight.Reference(), pPacked = &packed.Reference(), pBias = &row.Reference())
        fixed (long* pSegments = tables.Segments, pSteps = tables.StepPositions)
        {
            job.Bias = pBias;
            job.Segments = (nint*)pSegments;
            job.SegmentCount = tables.SegmentCount;
            job.Steps = tables.Steps;
            job.Weights = pPacked;
            if (!packed.IsPacked)
                PackedWeights.Of(pWeight, pSteps, tables.SumLength, tables.Taps, column, job.Columns, group).PackAll<TVector, T>(job.Groups, pPacked, workers);
            packed.Keep();
            WindowProduct<T, TVector>.Run(ref job, workers);
        }
    }
}
