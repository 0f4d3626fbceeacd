using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// Input gradients of few channels, which fill at most one vector where one sum after the other is computed: all elements of a window are columns of
/// one product instead, and its rows are added to an image in the nearest caches. A unit is an image, so that sums have one order.
/// </summary>
internal static unsafe class ScatterGradient<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    private const nint LargestImage = 2 << 20;
    private const long FewestImages = 4;

    /// <summary>
    /// Whether the channels fill at most half of a vector, or half of the multiplications are saved otherwise, and there are images enough for all threads.
    /// </summary>
    public static bool Pays(Layout dy, Layout dx, Layout weight, ConvolutionGeometry geometry)
    {
        long channels = dx.Sizes[1];
        long elements = weight.Shape.Length / Math.Max(1, weight.Sizes[0]);
        if (geometry.Groups != 1 || channels > TVector.Count || elements <= 2 * channels || dx.Sizes[0] < FewestImages || dy.Length == 0
            || dx.Shape.Length / dx.Sizes[0] * sizeof(T) > LargestImage)
            return false;
        // One sum after the other takes a vector for each pixel of dx and each element of the window that the stride lets it see.
        double together = (double)dy.Length / dy.Sizes[1] * PackedWeights.ColumnsOf<TVector, T>((nint)elements);
        double apart = (double)dx.Length / channels * (elements / channels) * TVector.Count;
        foreach (long stride in geometry.Stride)
            apart /= stride;
        return 2 * channels <= TVector.Count || apart >= 2 * together;
    }

    public static void Run(
        CpuBackend backend, WorkerPool workers, View<T> dy, View<T> weight, View<T>? bias, ConvolutionGeometry geometry, View<T> dx)
    {
        using ChannelsLast<T> gradients = new(backend, dy, stackalloc long[geometry.Rank], dy.Layout.Sizes[2..]);
        ScatterJob<T> job = new()
        {
            Sizes = Extent.SizesOf(dy.Layout),
            Inside = Extent.SizesOf(dx.Layout),
            DyStrides = Extent.StridesOf(gradients.View.Layout),
            DxStrides = Extent.StridesOf(dx.Layout),
            Counts = Extent.SizesOf(weight.Layout),
            Step = Extent.OfSpatial(geometry.Stride, missing: 1),
            Before = Extent.OfSpatial(geometry.Padding, missing: 0),
            Dilation = Extent.OfSpatial(geometry.Dilation, missing: 1),
            Inputs = (nint)dy.Layout.Sizes[1],
            Channels = (nint)dx.Layout.Sizes[1],
            PixelsAtOnce = 4 * MicroKernels<T, TVector>.MaximumRows,
        };
        for (int axis = 1; axis < Extent.Count; axis++)
        {
            nint reached = (job.Sizes[axis] - 1) * job.Step[axis] + (job.Counts[axis] - 1) * job.Dilation[axis] + 1;
            job.Padded[axis] = Math.Max(reached, job.Before[axis] + job.Inside[axis]);
        }
        nint taps = job.Counts[1] * job.Counts[2] * job.Counts[3];
        nint elements = taps * job.Channels;
        job.RowLength = PackedWeights.ColumnsOf<TVector, T>(elements);
        using BiasRow<T> row = new(backend, bias);
        using Scratch<T> packed = new(backend, job.Inputs * job.RowLength);
        fixed (T* pdy = &gradients.View.Reference(), pdx = &dx.Reference(), pWeight = &weight.Reference())
        fixed (T* pPacked = &packed.Reference(), pBias = &row.Reference())
        {
            job.Dy = pdy;
            job.Dx = pdx;
            job.Bias = pBias;
            job.Weights = pPacked;
            Pack(in job, pWeight, weight.Layout.Strides[0], weight.Layout.Strides[1], Extent.StridesOf(weight.Layout), elements, pPacked);
            workers.Run(&RunImage, &job, checked((int)job.Sizes[0]));
        }
    }

    /// <summary>Copies the weights to panels: for each channel of dy a row of the elements of the window, channels innermost.</summary>
    private static void Pack(in ScatterJob<T> job, T* source, long input, long channel, in Extent strides, nint elements, T* destination)
    {
        nint panel = 2 * TVector.Count;
        for (nint element = 0; element < job.RowLength; element++)
        {
            nint first = element / panel * panel;
            nint width = Math.Min(panel, job.RowLength - first);
            T* to = destination + first * job.Inputs + (element - first);
            (nint tap, nint c) = Math.DivRem(element, job.Channels);
            (nint line, nint i) = Math.DivRem(tap, job.Counts[3]);
            (nint d, nint h) = Math.DivRem(line, job.Counts[2]);
            T* from = source + (nint)(c * channel) + d * strides[1] + h * strides[2] + i * strides[3];
            for (nint k = 0; k < job.Inputs; k++, to += width)
                *to = element < elements ? from[k * (nint)input] : default;
        }
    }

    private static void RunImage(void* context, int image)
    {
        ref readonly ScatterJob<T> job = ref *(ScatterJob<T>*)context;
        nint length = job.PaddedLength + TVector.Count;
        T* padded = (T*)ThreadMemory.Current.Slab((length + job.PixelsAtOnce * job.RowLength) * sizeof(T));
        T* rows = padded + length;
        new Span<byte>(padded, checked((int)(length * sizeof(T)))).Clear();
        for (nint plane = 0; plane < job.Sizes[1]; plane++)
        {
            for (nint line = 0; line < job.Sizes[2]; line++)
            {
                T* dy = job.Dy + image * job.DyStrides[0] + plane * job.DyStrides[1] + line * job.DyStrides[2];
                T* dx = padded + (plane * job.Step[1] * job.Padded[2] + line * job.Step[2]) * job.Padded[3] * job.Channels;
                for (nint pixel = 0; pixel < job.Sizes[3]; pixel += job.PixelsAtOnce)
                {
                    nint pixels = Math.Min(job.PixelsAtOnce, job.Sizes[3] - pixel);
                    Multiply(in job, dy + pixel * job.DyStrides[3], pixels, rows);
                    for (nint i = 0; i < pixels; i++)
                        AddWindow(in job, rows + i * job.RowLength, dx + (pixel + i) * job.Step[3] * job.Channels);
                }
            }
        }
        CopyInside(in job, padded, job.Dx + image * job.DxStrides[0]);
    }

    /// <summary>The windows of some pixels of dy.</summary>
    private static void Multiply(in ScatterJob<T> job, T* dy, nint pixels, T* rows)
    {
        nint strips = GemmPlan.CeilingDivide(pixels, MicroKernels<T, TVector>.MaximumRows);
        (nint shortHeight, nint tall) = Math.DivRem(pixels, strips);
        for (nint column = 0; column < job.RowLength; column += 2 * TVector.Count)
        {
            bool isWide = job.RowLength - column > TVector.Count;
            Tile<T> tile = new()
            {
                A = dy,
                ARowStride = job.DyStrides[3] * sizeof(T),
                B = job.Weights + column * job.Inputs,
                C = rows + column,
                CRowStride = job.RowLength,
                Columns = isWide ? 2 * TVector.Count : TVector.Count,
                Steps = job.Inputs,
            };
            for (nint strip = 0; strip < strips; strip++)
            {
                int height = (int)(strip < tall ? shortHeight + 1 : shortHeight);
                MicroKernels<T, TVector>.Run(MicroKernels<T, TVector>.NumberOf(height, isWide, isOfColumns: false, copies: false), ref tile);
                tile.A += height * job.DyStrides[3];
                tile.C += height * job.RowLength;
            }
        }
    }

    /// <summary>Adds a window where it lies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWindow(in ScatterJob<T> job, T* window, T* dx)
    {
        nint run = job.RunLength;
        nint runs = job.Counts[3] * job.Channels / run;
        nint step = job.Dilation[3] * job.Channels;
        nint line = job.Padded[3] * job.Channels;
        for (nint d = 0; d < job.Counts[1]; d++)
        {
            for (nint h = 0; h < job.Counts[2]; h++)
            {
                T* to = dx + (d * job.Dilation[1] * job.Padded[2] + h * job.Dilation[2]) * line;
                for (nint i = 0; i < runs; i++, to += step, window += run)
                {
                    for (nint at = 0; at < run; at += TVector.Count)
                    {
                        // Behind a run 0 is added: a part of a vector is dear to write.
                        (TVector.Load(to + at) + PartialVector<T, TVector>.LoadLeft(window + at, run - at)).Store(to + at);
                    }
                }
            }
        }
    }

    /// <summary>Copies what lies inside dx, and adds the bias.</summary>
    private static void CopyInside(in ScatterJob<T> job, T* padded, T* dx)
    {
        nint length = job.Inside[3] * job.Channels;
        for (nint d = 0; d < job.Inside[1]; d++)
        {
            for (nint h = 0; h < job.Inside[2]; h++)
            {
                T* from = padded + (((d + job.Before[1]) * job.Padded[2] + h + job.Before[2]) * job.Padded[3] + job.Before[3]) * job.Channels;
                T* to = dx + d * job.DxStrides[1] + h * job.DxStrides[2];
                if (job.Bias == null)
                    new ReadOnlySpan<T>(from, checked((int)length)).CopyTo(new Span<T>(to, checked((int)length)));
                else
                    AddBias(from, job.Bias, job.Inside[3], job.Channels, to);
            }
        }
    }

    private static void AddBias(T* from, T* bias, nint pixels, nint channels, T* to)
    {
        TVector added = PartialVector<T, TVector>.Load(bias, (int)channels);
        for (; pixels > 0; pixels--, from += channels, to += channels)
            PartialVector<T, TVector>.Store(to, PartialVector<T, TVector>.Load(from, (int)channels) + added, (int)channels);
    }
}
