using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;

namespace NeuralNet.Backends.Cpu.Pooling;

/// <summary>The loops of poolings: pixel by pixel of y, a vector of channels at a time.</summary>
internal static unsafe class PoolingLoops<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Lines of a maximum.</summary>
    public static void Max(void* context, int chunk) => RunLines(in *(PoolingJob<T>*)context, chunk, isMax: true);

    /// <summary>Lines of an average.</summary>
    public static void Average(void* context, int chunk) => RunLines(in *(PoolingJob<T>*)context, chunk, isMax: false);

    /// <summary>Lines of positions of maxima.</summary>
    public static void Indices(void* context, int chunk)
    {
        ref readonly PoolingJob<T> job = ref *(PoolingJob<T>*)context;
        nint end = Math.Min((chunk + 1) * job.LinesPerChunk, job.Lines);
        for (nint line = chunk * job.LinesPerChunk; line < end; line++)
        {
            PoolingWindow<T> window = new(in job, line, out nint image, out nint y);
            long* result = (long*)job.Result + y;
            for (nint pixel = 0; pixel < job.Sizes[3]; pixel++, result += job.YStrides[3])
            {
                window.MoveTo(in job, pixel);
                T* x = job.X + image + window.Offset(job.XStrides);
                for (nint channel = 0; channel < job.Channels; channel++)
                    result[channel] = FindLargest(in job, in window, x + channel);
            }
        }
    }

    /// <summary>The larger of two values; NaN is taken, and stays, since nothing is larger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Larger(TVector value, TVector largest) =>
        TVector.Select(TVector.Equal(value, value), TVector.Larger(value, largest), value);

    /// <summary>The largest elements of a window, for as many channels as there is room for, up to a vector of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Largest(in PoolingJob<T> job, in PoolingWindow<T> window, T* x, nint count)
    {
        TVector largest = TVector.Create(T.NegativeInfinity);
        for (nint d = window.Depth; d > 0; d--, x += job.Steps[1])
        {
            T* row = x;
            for (nint h = window.Height; h > 0; h--, row += job.Steps[2])
            {
                T* from = row;
                for (nint i = window.Width; i > 0; i--, from += job.Steps[3])
                    largest = Larger(PartialVector<T, TVector>.LoadLeft(from, count), largest);
            }
        }
        return largest;
    }

    private static long FindLargest(in PoolingJob<T> job, in PoolingWindow<T> window, T* x)
    {
        T largest = T.NegativeInfinity;
        long position = -1;
        for (nint d = 0; d < window.Depth; d++)
        {
            for (nint h = 0; h < window.Height; h++)
            {
                for (nint i = 0; i < window.Width; i++)
                {
                    T value = x[d * job.Steps[1] + h * job.Steps[2] + i * job.Steps[3]];
                    if (position >= 0 && !(value > largest) && !T.IsNaN(value))
                        continue;
                    if (position >= 0 && T.IsNaN(largest))
                        continue;
                    largest = value;
                    long plane = window.StartD + d * job.Dilation[1];
                    long row = window.StartH + h * job.Dilation[2];
                    position = (plane * job.Inside[2] + row) * job.Inside[3] + window.StartW + i * job.Dilation[3];
                }
            }
        }
        return position;
    }

    private static void RunLines(in PoolingJob<T> job, int chunk, bool isMax)
    {
        nint end = Math.Min((chunk + 1) * job.LinesPerChunk, job.Lines);
        bool isNarrow = job.IsNarrow(TVector.Count);
        bool sharesVectors = isNarrow && job.IsOfPairs && PixelPairs<T, TVector>.Serves(job.Channels);
        PixelPairs<T, TVector> pairs = sharesVectors ? new(job.Channels) : default;
        for (nint line = chunk * job.LinesPerChunk; line < end; line++)
        {
            PoolingWindow<T> window = new(in job, line, out nint image, out nint offset);
            T* y = job.Y + offset;
            if (sharesVectors && window.HasTwoLines)
            {
                window.MoveTo(in job, 0);
                T divisor = T.CreateTruncating(window.Divisor);
                RunPairs(in pairs, job.X + image + window.Offset(job.XStrides), job.Steps[2], y, job.Channels, job.Sizes[3], divisor, isMax);
                continue;
            }
            if (isNarrow)
            {
                RunNarrowLine(in job, ref window, job.X + image, y, isMax);
                continue;
            }
            for (nint pixel = 0; pixel < job.Sizes[3]; pixel++, y += job.YStrides[3])
            {
                window.MoveTo(in job, pixel);
                T* x = job.X + image + window.Offset(job.XStrides);
                // A whole vector of the last channels may reach into the next pixel, which is written after it.
                nint room = job.IsPacked ? window.Room(in job, pixel) : job.Channels;
                if (isMax)
                    MaxPixel(in job, in window, x, y, room);
                else
                    SumPixel(in job, in window, x, y, room);
            }
        }
    }

    /// <summary>
    /// A line of few channels: first the lines of x that its windows have become one, by whole vectors; then each window's pixels of that. What stands
    /// behind a pixel's channels is computed as well, and overwritten by the next pixel.
    /// </summary>
    private static void RunNarrowLine(in PoolingJob<T> job, ref PoolingWindow<T> window, T* image, T* y, bool isMax)
    {
        nint length = job.Inside[3] * job.Channels;
        nint results = job.Sizes[3] * job.Channels;
        T* line = (T*)ThreadMemory.Current.Slab((length + results + 2 * TVector.Count) * sizeof(T));
        T* to = line + length + TVector.Count;
        new Span<T>(line + length, TVector.Count).Clear();
        CombineLines(in job, in window, image + window.StartD * job.XStrides[1] + window.StartH * job.XStrides[2], length, line, isMax);
        NarrowPixels(in job, ref window, line, to, isMax);
        new ReadOnlySpan<T>(to, checked((int)results)).CopyTo(new Span<T>(y, checked((int)results)));
    }

    /// <summary>A line of few channels in windows of 2×2, several to a vector: the lines of x become one, then the pixels of that.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunPairs(
        in PixelPairs<T, TVector> pairs, T* x, nint row, T* y, nint channels, nint pixels, T divisor, bool isMax)
    {
        nint step = TVector.Count / channels * channels;
        TVector windowLength = TVector.Create(divisor);
        for (nint left = pixels * channels; left > 0; left -= step, x += 2 * step, y += step)
        {
            nint high = 2 * left - TVector.Count;
            T* next = x + TVector.Count;
            TVector x0 = PartialVector<T, TVector>.LoadLeft(x, 2 * left), x1 = PartialVector<T, TVector>.LoadLeft(next, high);
            TVector x2 = PartialVector<T, TVector>.LoadLeft(x + row, 2 * left), x3 = PartialVector<T, TVector>.LoadLeft(next + row, high);
            TVector low = isMax ? Larger(x2, x0) : x0 + x2;
            TVector rest = isMax ? Larger(x3, x1) : x1 + x3;
            TVector even = pairs.Even(low, rest), odd = pairs.Odd(low, rest);
            PartialVector<T, TVector>.StoreLeft(y, isMax ? Larger(odd, even) : (even + odd) / windowLength, left);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombineLines(in PoolingJob<T> job, in PoolingWindow<T> window, T* x, nint length, T* line, bool isMax)
    {
        for (nint i = 0; i < length; i += TVector.Count)
        {
            nint left = length - i;
            TVector combined = isMax ? TVector.Create(T.NegativeInfinity) : default;
            for (nint d = 0; d < window.Depth; d++)
            {
                T* from = x + d * job.Steps[1] + i;
                for (nint h = window.Height; h > 0; h--, from += job.Steps[2])
                {
                    TVector value = PartialVector<T, TVector>.LoadLeft(from, left);
                    combined = isMax ? Larger(value, combined) : combined + value;
                }
            }
            PartialVector<T, TVector>.StoreLeft(line + i, combined, left);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void NarrowPixels(in PoolingJob<T> job, ref PoolingWindow<T> window, T* line, T* to, bool isMax)
    {
        nint step = job.Dilation[3] * job.Channels;
        for (nint pixel = 0; pixel < job.Sizes[3]; pixel++, to += job.Channels)
        {
            window.MoveTo(in job, pixel);
            T* from = line + window.StartW * job.Channels;
            TVector combined = isMax ? TVector.Create(T.NegativeInfinity) : default;
            for (nint i = window.Width; i > 0; i--, from += step)
                combined = isMax ? Larger(TVector.Load(from), combined) : combined + TVector.Load(from);
            (isMax ? combined : combined / TVector.Create(T.CreateTruncating(window.Divisor))).Store(to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MaxPixel(in PoolingJob<T> job, in PoolingWindow<T> window, T* x, T* y, nint room)
    {
        bool isFour = window.IsFour;
        for (nint channel = 0; channel < job.Channels; channel += TVector.Count)
        {
            nint count = room - channel;
            if (isFour && count >= TVector.Count)
                LargestOfFour(x + channel, job.Steps[2], job.Steps[3]).Store(y + channel);
            else
                PartialVector<T, TVector>.StoreLeft(y + channel, Largest(in job, in window, x + channel, count), count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumPixel(in PoolingJob<T> job, in PoolingWindow<T> window, T* x, T* y, nint room)
    {
        TVector divisor = TVector.Create(T.CreateTruncating(window.Divisor));
        bool isFour = window.IsFour;
        for (nint channel = 0; channel < job.Channels; channel += TVector.Count)
        {
            nint count = room - channel;
            if (isFour && count >= TVector.Count)
                (SumOfFour(x + channel, job.Steps[2], job.Steps[3]) / divisor).Store(y + channel);
            else
                PartialVector<T, TVector>.StoreLeft(y + channel, Sum(in job, in window, x + channel, count) / divisor, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LargestOfFour(T* x, nint row, nint pixel) =>
        Larger(TVector.Load(x + row + pixel), Larger(TVector.Load(x + row), Larger(TVector.Load(x + pixel), TVector.Load(x))));

    /// <summary>As <see cref="Sum"/> adds them, so that the last channels of a pixel are rounded as the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SumOfFour(T* x, nint row, nint pixel) =>
        default(TVector) + TVector.Load(x) + TVector.Load(x + pixel) + (default(TVector) + TVector.Load(x + row) + TVector.Load(x + row + pixel));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sum(in PoolingJob<T> job, in PoolingWindow<T> window, T* x, nint count)
    {
        TVector total = default;
        for (nint d = window.Depth; d > 0; d--, x += job.Steps[1])
        {
            T* row = x;
            for (nint h = window.Height; h > 0; h--, row += job.Steps[2])
            {
                T* from = row;
                TVector sum = default;
                for (nint i = window.Width; i > 0; i--, from += job.Steps[3])
                    sum += PartialVector<T, TVector>.LoadLeft(from, count);
                total += sum;
            }
        }
        return total;
    }
}
