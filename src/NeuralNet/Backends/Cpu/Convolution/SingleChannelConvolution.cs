using System.Numerics;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>Hands the operands of convolutions of one channel into few to <see cref="SingleChannel{T, TVector}"/>: the first layers of small networks.</summary>
internal static unsafe class SingleChannelConvolution<T, TVector>
    where T : unmanaged, INumber<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>More results fill vectors well enough, even where a tile has room for their rows; of short vectors two are filled.</summary>
    private static int MostResults => Math.Min(Math.Min(8, 2 * TVector.Count), MicroKernels<T, TVector>.MaximumRows);

    /// <summary>Whether there is one channel, few results, and lines that fill vectors.</summary>
    public static bool Pays(Layout x, Layout y, Layout weight, ConvolutionGeometry geometry) =>
        geometry.Groups == 1 && x.Sizes[1] == 1 && geometry.Stride[^1] == 1 && TVector.Count > 1 && y.Sizes[^1] >= TVector.Count
        && y.Sizes[1] <= MostResults;

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
        using Operands operands = new(backend, x, weight.Layout, geometry, y.Layout);
        using Scratch<T> weights = new(backend, weight.Layout.Length);
        backend.Copy(weight, weights.View.With(Layout.Contiguous(weight.Layout.Shape)));
        using BiasRow<T> row = new(backend, bias);
        fixed (T* px = &operands.Images.Reference(), pWeights = &weights.Reference(), pBias = &row.Reference(), py = &y.Reference())
        fixed (long* pOffsets = operands.Offsets, pSegments = operands.Segments)
        {
            SingleChannelJob<T> job = operands.Job(geometry, y.Layout);
            job.X = px;
            job.Y = py;
            job.Weights = pWeights;
            job.Bias = pBias;
            job.Offsets = pOffsets;
            job.Segments = (nint*)pSegments;
            job.Relu = activation == FusedActivation.Relu;
            workers.Run(&SingleChannel<T, TVector>.RunLines, &job, job.Plan(isSummed: false));
        }
    }

    public static void RunWeightGradient(CpuBackend backend, WorkerPool workers, View<T> dy, View<T> x, ConvolutionGeometry geometry, View<T> dw)
    {
        using Operands operands = new(backend, x, dw.Layout, geometry, dy.Layout);
        using ChannelsLast<T> gradients = new(backend, dy, stackalloc long[geometry.Rank], dy.Layout.Sizes[2..]);
        SingleChannelJob<T> job = operands.Job(geometry, gradients.View.Layout);
        job.IsDense = gradients.View.Layout.SameOrderAs(Layout.ChannelsLast(dy.Layout.Shape));
        int parts = job.Plan(isSummed: true);
        nint channels = SingleChannel<T, TVector>.Padded(job.Channels);
        nint length = job.Taps * channels * TVector.Count;
        using Scratch<T> sums = new(backend, parts * length);
        fixed (T* px = &operands.Images.Reference(), pdy = &gradients.View.Reference(), pSums = &sums.Reference(), pdw = &dw.Reference())
        fixed (long* pOffsets = operands.Offsets)
        {
            job.X = px;
            job.Y = pdy;
            job.Sums = pSums;
            job.Offsets = pOffsets;
            workers.Run(&SingleChannel<T, TVector>.SumLines, &job, parts);
            for (nint channel = 0; channel < job.Channels; channel++)
            {
                for (nint tap = 0; tap < job.Taps; tap++)
                    pdw[channel * (nint)dw.Layout.Strides[0] + tap] = Total(pSums + (tap * channels + channel) * TVector.Count, length, parts);
            }
        }
    }

    /// <summary>The sum of a vector of all parts, in order.</summary>
    private static T Total(T* sums, nint length, int parts)
    {
        TVector sum = TVector.Load(sums);
        for (int part = 1; part < parts; part++)
            sum += TVector.Load(sums + part * length);
        T total = T.Zero;
        for (int i = 0; i < TVector.Count; i++)
            total += sum[i];
        return total;
    }

    /// <summary>The images with zeros around them, and where a window finds its elements.</summary>
    private readonly ref struct Operands : IDisposable
    {
        private readonly ChannelsLast<T> _images;
        private readonly Scratch<long> _lists;
        private readonly int _taps;
        private readonly int _rowTaps;

        public Operands(CpuBackend backend, View<T> x, Layout weight, ConvolutionGeometry geometry, Layout y)
        {
            int rank = geometry.Rank;
            Span<long> sizes = stackalloc long[rank];
            for (int axis = 0; axis < rank; axis++)
                sizes[axis] = (y.Sizes[axis + 2] - 1) * geometry.Stride[axis] + geometry.Extent(axis, weight.Sizes[axis + 2]);
            Extent kernel = Extent.SizesOf(weight);
            Extent dilation = Extent.OfSpatial(geometry.Dilation, missing: 1);
            // Vectors of a line's last pixels read beyond it.
            _images = new(backend, x, geometry.Padding, sizes, slack: 2 * TVector.Count + kernel[3] * dilation[3]);
            _rowTaps = (int)kernel[3];
            _taps = (int)(kernel[1] * kernel[2] * kernel[3]);
            _lists = new(backend, 3L * _taps);
            Extent strides = Extent.StridesOf(_images.View.Layout);
            long end = 0;
            int tap = 0;
            for (nint d = 0; d < kernel[1]; d++)
            {
                for (nint h = 0; h < kernel[2]; h++)
                {
                    long start = d * dilation[1] * strides[1] + h * dilation[2] * strides[2];
                    Segments[2 * tap / _rowTaps] = tap * sizeof(T);
                    Segments[2 * tap / _rowTaps + 1] = (start - end) * sizeof(T);
                    end = start + kernel[3] * dilation[3];
                    for (nint i = 0; i < kernel[3]; i++)
                        Offsets[tap++] = start + i * dilation[3];
                }
            }
        }

        public View<T> Images => _images.View;

        public Span<long> Offsets => _lists.Elements()[.._taps];

        public Span<long> Segments => _lists.Elements()[_taps..];

        public SingleChannelJob<T> Job(ConvolutionGeometry geometry, Layout y) => new()
        {
            Sizes = Extent.SizesOf(y),
            XStrides = Extent.StridesOf(Images.Layout),
            YStrides = Extent.StridesOf(y),
            Step = Extent.OfSpatial(geometry.Stride, missing: 1),
            Taps = _taps,
            RowTaps = _rowTaps,
            Dilation = (nint)geometry.Dilation[^1],
            Channels = (nint)y.Sizes[1],
        };

        public void Dispose()
        {
            _lists.Dispose();
            _images.Dispose();
        }
    }
}
