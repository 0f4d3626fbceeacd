using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Convolution;
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

    /// <summary>The gradient of a maximum, for some channels of an image.</summary>
    public static void MaxGradient(void* context, int unit) => RunGradient(in *(PoolingJob<T>*)context, unit, isMax: true);

    /// <summary>The gradient of an average, for some channels of an image.</summary>
    public static void AverageGradient(void* context, int unit) => RunGradient(in *(PoolingJob<T>*)context, unit, isMax: false);

    /// <summary>Lines of positions of maxima.</summary>
    public static void Indices(void* context, int chunk)
    {
        ref readonly PoolingJob<T> job = ref *(PoolingJob<T>*)context;
        nint end = Math.Min((chunk + 1) * job.LinesPerChunk, job.Lines);
        for (nint line = chunk * job.LinesPerChunk; line < end; line++)
        {
            Window window = new(in job, line, out nint image, out nint y);
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

    private static long FindLargest(in PoolingJob<T> job, in Window window, T* x)
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
        for (nint line = chunk * job.LinesPerChunk; line < end; line++)
        {
            Window window = new(in job, line, out nint image, out nint offset);
            T* y = job.Y + offset;
            if (job.IsNarrow(TVector.Count))
            {
                RunNarrowLine(in job, ref window, job.X + image, y, isMax);
                continue;
            }
            for (nint pixel = 0; pixel < job.Sizes[3]; pixel++, y += job.YStrides[3])
            {
                window.MoveTo(in job, pixel);
                T* x = job.X + image + window.Offset(job.XStrides);
                if (isMax)
                    MaxPixel(in job, in window, x, y);
                else
                    SumPixel(in job, in window, x, y);
            }
        }
    }

    /// <summary>
    /// A line of few channels: first the lines of x that its windows have become one, by whole vectors; then each window's pixels of that. What stands
    /// behind a pixel's channels is computed as well, and overwritten by the next pixel.
    /// </summary>
    private static void RunNarrowLine(in PoolingJob<T> job, ref Window window, T* image, T* y, bool isMax)
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombineLines(in PoolingJob<T> job, in Window window, T* x, nint length, T* line, bool isMax)
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
    private static void NarrowPixels(in PoolingJob<T> job, ref Window window, T* line, T* to, bool isMax)
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

    /// <summary>The larger of two values; NaN is taken, and stays, since nothing is larger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Larger(TVector value, TVector largest) =>
        TVector.Select(TVector.Equal(value, value), TVector.Select(TVector.Greater(value, largest), value, largest), value);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MaxPixel(in PoolingJob<T> job, in Window window, T* x, T* y)
    {
        nint channels = job.Channels;
        nint channel = 0;
        for (; channel <= channels - TVector.Count; channel += TVector.Count)
            Largest(in job, in window, x + channel, TVector.Count).Store(y + channel);
        if (channel < channels)
            PartialVector<T, TVector>.Store(y + channel, Largest(in job, in window, x + channel, (int)(channels - channel)), (int)(channels - channel));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumPixel(in PoolingJob<T> job, in Window window, T* x, T* y)
    {
        TVector divisor = TVector.Create(T.CreateTruncating(window.Divisor));
        nint channels = job.Channels;
        nint channel = 0;
        for (; channel <= channels - TVector.Count; channel += TVector.Count)
            (Sum(in job, in window, x + channel, TVector.Count) / divisor).Store(y + channel);
        if (channel < channels)
        {
            int count = (int)(channels - channel);
            PartialVector<T, TVector>.Store(y + channel, Sum(in job, in window, x + channel, count) / divisor, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Largest(in PoolingJob<T> job, in Window window, T* x, int count)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sum(in PoolingJob<T> job, in Window window, T* x, int count)
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

    private static void RunGradient(in PoolingJob<T> job, int unit, bool isMax)
    {
        (nint image, nint part) = Math.DivRem(unit, job.UnitsPerImage);
        nint first = part * job.ChannelsPerUnit;
        nint channels = Math.Min(job.ChannelsPerUnit, job.Channels - first);
        nint linesPerImage = job.Sizes[1] * job.Sizes[2];
        if (isMax && job.IsPartition && job.IsNarrow(TVector.Count))
        {
            for (nint line = image * linesPerImage; line < (image + 1) * linesPerImage; line++)
                GiveToNarrowLines(in job, image, line);
            return;
        }
        for (nint line = image * linesPerImage; line < (image + 1) * linesPerImage; line++)
        {
            Window window = new(in job, line, out _, out nint offset);
            T* dy = job.Y + offset + first;
            T* dx = (T*)job.Result + image * job.ResultStrides[0] + first;
            T* x = isMax ? job.X + image * job.XStrides[0] + first : null;
            for (nint pixel = 0; pixel < job.Sizes[3]; pixel++, dy += job.YStrides[3])
            {
                window.MoveTo(in job, pixel);
                if (isMax)
                    GiveToLargest(in job, in window, x + window.Offset(job.XStrides), dy, dx + window.Offset(job.ResultStrides), channels);
                else
                    GiveToAll(in job, in window, dy, dx + window.Offset(job.ResultStrides), channels);
            }
        }
    }

    /// <summary>
    /// The gradient of a line of few channels whose windows do not overlap, in copies of its lines that have room behind them: what is computed behind a
    /// pixel's channels is overwritten by the next pixel.
    /// </summary>
    private static void GiveToNarrowLines(in PoolingJob<T> job, nint image, nint line)
    {
        Window window = new(in job, line, out _, out nint offset);
        nint length = job.Inside[3] * job.Channels;
        nint results = job.Sizes[3] * job.Channels;
        nint lines = window.Depth * window.Height;
        nint room = length + TVector.Count;
        T* x = (T*)ThreadMemory.Current.Slab((2 * lines * room + results + TVector.Count) * sizeof(T));
        T* dx = x + lines * room;
        T* dy = dx + lines * room;
        new ReadOnlySpan<T>(job.Y + offset, checked((int)results)).CopyTo(new Span<T>(dy, checked((int)results)));
        new Span<T>(dy + results, TVector.Count).Clear();
        for (nint i = 0; i < lines; i++)
        {
            (nint d, nint h) = Math.DivRem(i, window.Height);
            T* from = job.X + image * job.XStrides[0] + (window.StartD + d) * job.XStrides[1] + (window.StartH + h) * job.XStrides[2];
            new ReadOnlySpan<T>(from, checked((int)length)).CopyTo(new Span<T>(x + i * room, checked((int)length)));
            new Span<T>(x + i * room + length, TVector.Count).Clear();
        }
        PoolingJob<T> copies = job;
        copies.Steps[1] = copies.ResultSteps[1] = window.Height * room;
        copies.Steps[2] = copies.ResultSteps[2] = room;
        copies.Steps[3] = copies.ResultSteps[3] = job.Channels;
        T* gradient = dy;
        for (nint pixel = 0; pixel < job.Sizes[3]; pixel++, gradient += job.Channels)
        {
            window.MoveTo(in job, pixel);
            nint at = window.StartW * job.Channels;
            GiveToLargest(in copies, in window, x + at, gradient, dx + at, TVector.Count);
        }
        for (nint i = 0; i < lines; i++)
        {
            (nint d, nint h) = Math.DivRem(i, window.Height);
            T* to = (T*)job.Result + image * job.ResultStrides[0] + (window.StartD + d) * job.ResultStrides[1] + (window.StartH + h) * job.ResultStrides[2];
            new ReadOnlySpan<T>(dx + i * room, checked((int)length)).CopyTo(new Span<T>(to, checked((int)length)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GiveToLargest(in PoolingJob<T> job, in Window window, T* x, T* dy, T* dx, nint channels)
    {
        if (job.IsPartition && window.Depth == 1 && window.Height == 2 && window.Width == 2)
        {
            GiveToLargestOfFour(x, dy, dx, channels, (job.Steps[2], job.Steps[3]), (job.ResultSteps[2], job.ResultSteps[3]));
            return;
        }
        for (nint channel = 0; channel < channels; channel += TVector.Count)
        {
            int count = (int)Math.Min(TVector.Count, channels - channel);
            TVector largest = Largest(in job, in window, x + channel, count);
            TVector left = PartialVector<T, TVector>.LoadLeft(dy + channel, count);
            for (nint d = 0; d < window.Depth; d++)
            {
                for (nint h = 0; h < window.Height; h++)
                {
                    T* from = x + channel + d * job.Steps[1] + h * job.Steps[2];
                    T* to = dx + channel + d * job.ResultSteps[1] + h * job.ResultSteps[2];
                    for (nint i = 0; i < window.Width; i++, from += job.Steps[3], to += job.ResultSteps[3])
                    {
                        TVector value = PartialVector<T, TVector>.LoadLeft(from, count);
                        TVector given = Take(value, largest, ref left);
                        PartialVector<T, TVector>.StoreLeft(to, job.IsPartition ? given : PartialVector<T, TVector>.LoadLeft(to, count) + given, count);
                    }
                }
            }
        }
    }

    /// <summary>The same for windows of 2×2 that do not overlap, the usual ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GiveToLargestOfFour(T* x, T* dy, T* dx, nint channels, (nint Row, nint Pixel) from, (nint Row, nint Pixel) to)
    {
        for (nint channel = 0; channel < channels; channel += TVector.Count, x += TVector.Count, dx += TVector.Count)
        {
            nint count = channels - channel;
            TVector a = PartialVector<T, TVector>.LoadLeft(x, count), b = PartialVector<T, TVector>.LoadLeft(x + from.Pixel, count);
            TVector c = PartialVector<T, TVector>.LoadLeft(x + from.Row, count), d = PartialVector<T, TVector>.LoadLeft(x + from.Row + from.Pixel, count);
            TVector largest = Larger(d, Larger(c, Larger(b, a)));
            TVector left = PartialVector<T, TVector>.LoadLeft(dy + channel, count);
            PartialVector<T, TVector>.StoreLeft(dx, Take(a, largest, ref left), count);
            PartialVector<T, TVector>.StoreLeft(dx + to.Pixel, Take(b, largest, ref left), count);
            PartialVector<T, TVector>.StoreLeft(dx + to.Row, Take(c, largest, ref left), count);
            PartialVector<T, TVector>.StoreLeft(dx + to.Row + to.Pixel, Take(d, largest, ref left), count);
        }
    }

    /// <summary>
    /// What is left of a gradient, where the value is the largest. That is NaN where one of the values is: then the first of these gets the gradient.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Take(TVector value, TVector largest, ref TVector left)
    {
        TVector isGiven = TVector.Select(TVector.Equal(value, value), TVector.Equal(value, largest), TVector.Equal(default, default));
        TVector given = TVector.Select(isGiven, left, default);
        left = TVector.Select(isGiven, default, left);
        return given;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GiveToAll(in PoolingJob<T> job, in Window window, T* dy, T* dx, nint channels)
    {
        TVector divisor = TVector.Create(T.CreateTruncating(window.Divisor));
        for (nint channel = 0; channel < channels; channel += TVector.Count)
        {
            int count = (int)Math.Min(TVector.Count, channels - channel);
            TVector share = PartialVector<T, TVector>.LoadLeft(dy + channel, count) / divisor;
            for (nint d = 0; d < window.Depth; d++)
            {
                for (nint h = 0; h < window.Height; h++)
                {
                    T* to = dx + channel + d * job.ResultSteps[1] + h * job.ResultSteps[2];
                    for (nint i = window.Width; i > 0; i--, to += job.ResultSteps[3])
                        PartialVector<T, TVector>.StoreLeft(to, job.IsPartition ? share : PartialVector<T, TVector>.LoadLeft(to, count) + share, count);
                }
            }
        }
    }

    /// <summary>The window of one pixel of y.</summary>
    private struct Window
    {
        private readonly nint _divisor;

        /// <summary>A window of a line; where that starts in x and in y is given as elements from the first image.</summary>
        public Window(in PoolingJob<T> job, nint line, out nint image, out nint y)
        {
            (nint n, nint inImage) = Math.DivRem(line, job.Sizes[1] * job.Sizes[2]);
            (nint plane, nint row) = Math.DivRem(inImage, job.Sizes[2]);
            job.Window(1, plane, out StartD, out Depth, out nint depthLength);
            job.Window(2, row, out StartH, out Height, out nint heightLength);
            _divisor = depthLength * heightLength;
            image = n * job.XStrides[0];
            y = n * job.YStrides[0] + plane * job.YStrides[1] + row * job.YStrides[2];
        }

        public readonly nint StartD;
        public readonly nint StartH;
        public readonly nint Depth;
        public readonly nint Height;

        public nint StartW;
        public nint Width;
        public nint Divisor;

        public void MoveTo(in PoolingJob<T> job, nint pixel)
        {
            job.Window(3, pixel, out StartW, out Width, out nint length);
            Divisor = _divisor * length;
        }

        public readonly nint Offset(in Extent strides) => StartD * strides[1] + StartH * strides[2] + StartW * strides[3];
    }
}
