using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>The loops of convolutions of one channel into few.</summary>
internal static unsafe class SingleChannel<T, TVector>
    where T : unmanaged, INumber<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Elements of the window whose sums are in registers, for two channels or three.</summary>
    private const int TapsAtOnce = 5;

    private static int PixelsAtOnce => 2 * TVector.Count;

    /// <summary>Channels whose sums are in registers: three of AVX-512's 32, so that no more vectors are read than multiplied.</summary>
    private static int ChannelsAtOnce => Unsafe.SizeOf<TVector>() == 64 ? 3 : 2;

    /// <summary>The channels of a weight gradient, filled up to whole passes over the pixels.</summary>
    public static nint Padded(nint channels) => GemmPlan.CeilingDivide(channels, ChannelsAtOnce) * ChannelsAtOnce;

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
        nint channels = Padded(job.Channels);
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
            for (nint channel = 0; channel < channels; channel += ChannelsAtOnce)
            {
                T* first = turned + channel * most * length;
                for (nint tap = 0; tap < job.Taps; tap += TapsAtOnce)
                    Sum(in job, lines, count, pixels, length, first, most * length, tap, sums + channel * TVector.Count, channels * TVector.Count);
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

    /// <summary>Adds the products of two or three channels of dy with the pixels at five elements of the window, those that there are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Sum(
        in SingleChannelJob<T> job, T** lines, nint count, nint pixels, nint length, T* dy, nint channel, nint tap, T* sums, nint sumStride)
    {
        nint last = job.Taps - 1;
        nint x0 = (nint)job.Offsets[tap], x1 = (nint)job.Offsets[Math.Min(tap + 1, last)], x2 = (nint)job.Offsets[Math.Min(tap + 2, last)];
        nint x3 = (nint)job.Offsets[Math.Min(tap + 3, last)], x4 = (nint)job.Offsets[Math.Min(tap + 4, last)];
        TVector a0 = default, a1 = default, a2 = default, a3 = default, a4 = default;
        TVector b0 = default, b1 = default, b2 = default, b3 = default, b4 = default;
        TVector c0 = default, c1 = default, c2 = default, c3 = default, c4 = default;
        for (nint line = 0; line < count; line++, dy += length)
        {
            T* x = lines[line];
            T* from = dy;
            nint left = pixels;
            for (; left >= TVector.Count; left -= TVector.Count, x += TVector.Count, from += TVector.Count)
            {
                TVector a = TVector.Load(from), b = TVector.Load(from + channel), c = Third(from, channel);
                AddProducts(a, b, c, TVector.Load(x + x0), ref a0, ref b0, ref c0);
                AddProducts(a, b, c, TVector.Load(x + x1), ref a1, ref b1, ref c1);
                AddProducts(a, b, c, TVector.Load(x + x2), ref a2, ref b2, ref c2);
                AddProducts(a, b, c, TVector.Load(x + x3), ref a3, ref b3, ref c3);
                AddProducts(a, b, c, TVector.Load(x + x4), ref a4, ref b4, ref c4);
            }
            if (left > 0)
            {
                int rest = (int)left;
                TVector a = TVector.Load(from), b = TVector.Load(from + channel), c = Third(from, channel);
                AddProducts(a, b, c, PartialVector<T, TVector>.Load(x + x0, rest), ref a0, ref b0, ref c0);
                AddProducts(a, b, c, PartialVector<T, TVector>.Load(x + x1, rest), ref a1, ref b1, ref c1);
                AddProducts(a, b, c, PartialVector<T, TVector>.Load(x + x2, rest), ref a2, ref b2, ref c2);
                AddProducts(a, b, c, PartialVector<T, TVector>.Load(x + x3, rest), ref a3, ref b3, ref c3);
                AddProducts(a, b, c, PartialVector<T, TVector>.Load(x + x4, rest), ref a4, ref b4, ref c4);
            }
        }
        T* to = sums + tap * sumStride;
        nint taps = last - tap;
        Add(to, a0, b0, c0);
        if (taps >= 1)
            Add(to + sumStride, a1, b1, c1);
        if (taps >= 2)
            Add(to + 2 * sumStride, a2, b2, c2);
        if (taps >= 3)
            Add(to + 3 * sumStride, a3, b3, c3);
        if (taps >= 4)
            Add(to + 4 * sumStride, a4, b4, c4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Third(T* first, nint channel) => Unsafe.SizeOf<TVector>() == 64 ? TVector.Load(first + 2 * channel) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts(TVector a, TVector b, TVector c, TVector x, ref TVector sumA, ref TVector sumB, ref TVector sumC)
    {
        sumA = TVector.MultiplyAdd(a, x, sumA);
        sumB = TVector.MultiplyAdd(b, x, sumB);
        if (Unsafe.SizeOf<TVector>() == 64)
            sumC = TVector.MultiplyAdd(c, x, sumC);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(T* to, TVector a, TVector b, TVector c)
    {
        (TVector.Load(to) + a).Store(to);
        (TVector.Load(to + TVector.Count) + b).Store(to + TVector.Count);
        if (Unsafe.SizeOf<TVector>() == 64)
            (TVector.Load(to + 2 * TVector.Count) + c).Store(to + 2 * TVector.Count);
    }
}
