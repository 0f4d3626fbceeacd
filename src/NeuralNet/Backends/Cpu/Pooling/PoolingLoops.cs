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
                {
                    TVector value = PartialVector<T, TVector>.LoadLeft(from, count);
                    // NaN is taken, and stays, since nothing is larger.
                    TVector larger = TVector.Select(TVector.Greater(value, largest), value, largest);
                    largest = TVector.Select(TVector.Equal(value, value), larger, value);
                }
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GiveToLargest(in PoolingJob<T> job, in Window window, T* x, T* dy, T* dx, nint channels)
    {
        for (nint channel = 0; channel < channels; channel += TVector.Count)
        {
            int count = (int)Math.Min(TVector.Count, channels - channel);
            TVector largest = Largest(in job, in window, x + channel, count);
            TVector isNumber = TVector.Equal(largest, largest);
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
                        TVector isNaN = TVector.Select(TVector.Equal(value, value), default, left);
                        TVector given = TVector.Select(isNumber, TVector.Select(TVector.Equal(value, largest), left, default), isNaN);
                        TVector isGiven = TVector.Select(isNumber, TVector.Equal(value, largest), default);
                        left = TVector.Select(isGiven, default, left);
                        left = TVector.Select(TVector.Equal(value, value), left, default);
                        PartialVector<T, TVector>.StoreLeft(to, job.IsPartition ? given : PartialVector<T, TVector>.LoadLeft(to, count) + given, count);
                    }
                }
            }
        }
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
