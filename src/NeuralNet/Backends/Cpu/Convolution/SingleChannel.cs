using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>The loops of convolutions of one channel into few.</summary>
internal static unsafe class SingleChannel<T, TVector>
    where T : unmanaged, INumber<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Elements of the window whose sums are in registers, for two channels.</summary>
    private const int TapsAtOnce = 4;

    private static int PixelsAtOnce => 2 * TVector.Count;

    /// <summary>Some lines of y.</summary>
    public static void RunLines(void* context, int chunk)
    {
        ref readonly SingleChannelJob<T> job = ref *(SingleChannelJob<T>*)context;
        nint results = job.Sizes[3] * job.Channels;
        nint rows = RowsOf(job.Channels);
        T* sums = (T*)ThreadMemory.Current.Slab((rows * PixelsAtOnce + results + rows) * sizeof(T));
        T* to = sums + rows * PixelsAtOnce;
        Tile<T> tile = new()
        {
            ARowStride = job.Taps * sizeof(T),
            AStepStride = sizeof(T),
            BStepStride = job.Dilation * sizeof(T),
            A = job.Weights,
            C = sums,
            CRowStride = PixelsAtOnce,
            Columns = PixelsAtOnce,
            Steps = job.RowTaps,
            Segments = job.Segments,
            SegmentCount = job.RowTaps == 0 ? 0 : job.Taps / job.RowTaps,
            Accumulate = true,
            Relu = job.Relu,
        };
        new Span<T>(sums, checked((int)(rows * PixelsAtOnce))).Clear();
        int kernel = MicroKernels<T, TVector>.NumberOfSegmented((int)job.Channels, isWide: true);
        nint end = Math.Min((chunk + 1) * job.LinesPerChunk, job.Lines);
        for (nint line = chunk * job.LinesPerChunk; line < end; line++)
        {
            job.Locate(line, out T* x, out T* y);
            for (nint pixel = 0; pixel < job.Sizes[3]; pixel += PixelsAtOnce)
            {
                for (nint channel = 0; channel < job.Channels; channel++)
                {
                    TVector start = job.Bias == null ? default : TVector.Create(job.Bias[channel]);
                    start.Store(sums + channel * PixelsAtOnce);
                    start.Store(sums + channel * PixelsAtOnce + TVector.Count);
                }
                tile.B = x + pixel;
                MicroKernels<T, TVector>.Run(kernel, ref tile);
                nint pixels = Math.Min(PixelsAtOnce, job.Sizes[3] - pixel);
                // What is written behind the last channel is overwritten by the next pixel.
                Transposition.Run(sums, PixelsAtOnce, rows, pixels, to + pixel * job.Channels, job.Channels);
            }
            new ReadOnlySpan<T>(to, checked((int)results)).CopyTo(new Span<T>(y, checked((int)results)));
        }
    }

    /// <summary>A part of a weight gradient: for each element of the window and each channel a vector of sums over the pixels of some lines.</summary>
    public static void SumLines(void* context, int part)
    {
        ref readonly SingleChannelJob<T> job = ref *(SingleChannelJob<T>*)context;
        nint pixels = job.Sizes[3];
        nint length = GemmPlan.CeilingDivide(pixels, TVector.Count) * TVector.Count;
        nint channels = job.Channels + job.Channels % 2;
        nint rows = Math.Max(channels, RowsOf(job.Channels));
        nint most = Math.Min(job.LinesPerChunk, job.Sizes[2]);
        T** lines = (T**)ThreadMemory.Current.Slab(most * sizeof(T*) + (rows * most * length) * sizeof(T));
        T* turned = (T*)(lines + most);
        new Span<byte>(turned, checked((int)(rows * most * length * sizeof(T)))).Clear();
        T* sums = job.Sums + part * job.Taps * channels * TVector.Count;
        new Span<byte>(sums, checked((int)(job.Taps * channels * TVector.Count * sizeof(T)))).Clear();
        nint end = Math.Min((part + 1) * job.LinesPerChunk, job.Lines);
        for (nint line = part * job.LinesPerChunk; line < end;)
        {
            nint count = Math.Min(most, end - line);
            for (nint i = 0; i < count; i++, line++)
            {
                job.Locate(line, out lines[i], out T* dy);
                TakeLine(in job, dy, isWhole: job.IsDense && line < job.Lines - 1 && rows - job.Channels <= pixels * job.Channels, turned + i * length, most * length);
            }
            for (nint channel = 0; channel < channels; channel += 2)
            {
                T* first = turned + channel * most * length;
                for (nint tap = 0; tap < job.Taps; tap += TapsAtOnce)
                    Sum(in job, lines, count, pixels, length, first, first + most * length, tap, sums + channel * TVector.Count, channels * TVector.Count);
            }
        }
    }

    private static nint RowsOf(nint channels)
    {
        int block = Transposition.Block<T>();
        return GemmPlan.CeilingDivide(channels, block) * block;
    }

    /// <summary>
    /// Copies a line of dy channel by channel. Where pixels follow behind it, blocks of channels are whole: the last ones are the next pixel's, and mean
    /// nothing.
    /// </summary>
    private static void TakeLine(in SingleChannelJob<T> job, T* dy, bool isWhole, T* to, nint channelStride)
    {
        nint rows = isWhole ? RowsOf(job.Channels) : job.Channels;
        Transposition.Run(dy, job.YStrides[3], job.Sizes[3], rows, to, channelStride);
    }

    /// <summary>Adds the products of two channels of dy with the pixels at four elements of the window, those that there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(
        in SingleChannelJob<T> job, T** lines, nint count, nint pixels, nint length, T* first, T* second, nint tap, T* sums, nint sumStride)
    {
        nint last = job.Taps - 1;
        nint tap1 = Math.Min(tap + 1, last), tap2 = Math.Min(tap + 2, last), tap3 = Math.Min(tap + 3, last);
        nint x0 = (nint)job.Offsets[tap], x1 = (nint)job.Offsets[tap1], x2 = (nint)job.Offsets[tap2], x3 = (nint)job.Offsets[tap3];
        TVector a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (nint line = 0; line < count; line++)
        {
            T* x = lines[line];
            nint pixel = 0;
            for (; pixel <= pixels - TVector.Count; pixel += TVector.Count, x += TVector.Count)
            {
                TVector a = TVector.Load(first + pixel), b = TVector.Load(second + pixel);
                TVector p0 = TVector.Load(x + x0), p1 = TVector.Load(x + x1), p2 = TVector.Load(x + x2), p3 = TVector.Load(x + x3);
                a0 = TVector.MultiplyAdd(a, p0, a0);
                a1 = TVector.MultiplyAdd(a, p1, a1);
                a2 = TVector.MultiplyAdd(a, p2, a2);
                a3 = TVector.MultiplyAdd(a, p3, a3);
                b0 = TVector.MultiplyAdd(b, p0, b0);
                b1 = TVector.MultiplyAdd(b, p1, b1);
                b2 = TVector.MultiplyAdd(b, p2, b2);
                b3 = TVector.MultiplyAdd(b, p3, b3);
            }
            if (pixel < pixels)
            {
                int left = (int)(pixels - pixel);
                TVector a = TVector.Load(first + pixel), b = TVector.Load(second + pixel);
                TVector p0 = PartialVector<T, TVector>.Load(x + x0, left), p1 = PartialVector<T, TVector>.Load(x + x1, left);
                TVector p2 = PartialVector<T, TVector>.Load(x + x2, left), p3 = PartialVector<T, TVector>.Load(x + x3, left);
                a0 = TVector.MultiplyAdd(a, p0, a0);
                a1 = TVector.MultiplyAdd(a, p1, a1);
                a2 = TVector.MultiplyAdd(a, p2, a2);
                a3 = TVector.MultiplyAdd(a, p3, a3);
                b0 = TVector.MultiplyAdd(b, p0, b0);
                b1 = TVector.MultiplyAdd(b, p1, b1);
                b2 = TVector.MultiplyAdd(b, p2, b2);
                b3 = TVector.MultiplyAdd(b, p3, b3);
            }
            first += length;
            second += length;
        }
        T* to = sums + tap * sumStride;
        Add(to, a0, b0);
        if (tap + 1 <= last)
            Add(to + sumStride, a1, b1);
        if (tap + 2 <= last)
            Add(to + 2 * sumStride, a2, b2);
        if (tap + 3 <= last)
            Add(to + 3 * sumStride, a3, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(T* to, TVector a, TVector b)
    {
        (TVector.Load(to) + a).Store(to);
        (TVector.Load(to + TVector.Count) + b).Store(to + TVector.Count);
    }
}
