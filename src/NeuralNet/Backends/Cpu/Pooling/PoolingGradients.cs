using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu.Pooling;

/// <summary>The loops of the gradients of poolings: pixel by pixel of dy, a vector of channels at a time.</summary>
internal static unsafe class PoolingGradients<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>The gradient of a maximum, for some channels of an image.</summary>
    public static void Max(void* context, int unit) => Run(context, unit, isMax: true);

    /// <summary>The gradient of an average, for some channels of an image.</summary>
    public static void Average(void* context, int unit) => Run(context, unit, isMax: false);

    private static void Run(void* context, int unit, bool isMax)
    {
        ref readonly PoolingJob<T> job = ref *(PoolingJob<T>*)context;
        if (job.IsPartition && job.IsPacked
            && StreamingStore.Serves<T, TVector>((T*)job.Result, job.Sizes[0] * job.ResultStrides[0], job.Channels))
            Run<StreamingStore>(in job, unit, isMax);
        else
            Run<CachedStore>(in job, unit, isMax);
    }

    private static void Run<TStore>(in PoolingJob<T> job, int unit, bool isMax)
        where TStore : struct, IStore
    {
        (nint image, nint part) = Math.DivRem(unit, job.UnitsPerImage);
        nint first = part * job.ChannelsPerUnit;
        nint channels = Math.Min(job.ChannelsPerUnit, job.Channels - first);
        nint linesPerImage = job.Sizes[1] * job.Sizes[2];
        // Whole vectors may reach into what the windows of the line that follow write themselves.
        bool spills = job.IsPartition && job.UnitsPerImage == 1 && job.IsPacked;
        bool sharesVectors = spills && job.IsOfPairs && PixelPairs<T, TVector>.Serves(channels);
        PixelPairs<T, TVector> pairs = sharesVectors ? new(channels) : default;
        for (nint line = image * linesPerImage; line < (image + 1) * linesPerImage; line++)
        {
            PoolingWindow<T> window = new(in job, line, out _, out nint offset);
            T* dy = job.Y + offset + first;
            T* dx = (T*)job.Result + image * job.ResultStrides[0] + first;
            T* x = isMax ? job.X + image * job.XStrides[0] + first : null;
            if (isMax && job.IsOfPairs && window.HasTwoLines)
            {
                x += window.Offset(job.XStrides);
                dx += window.Offset(job.ResultStrides);
                if (sharesVectors)
                    GiveLine(in pairs, x, dy, dx, channels, job.Sizes[3], (job.Steps[2], job.ResultSteps[2]));
                else
                    GiveLine<TStore>(in job, x, dy, dx, channels, spills);
                continue;
            }
            if (!isMax && job.IsOfPairs && window.HasTwoLines)
            {
                window.MoveTo(in job, 0);
                ShareLine<TStore>(in job, T.CreateTruncating(window.Divisor), dy, dx + window.Offset(job.ResultStrides), channels, spills);
                continue;
            }
            for (nint pixel = 0; pixel < job.Sizes[3]; pixel++, dy += job.YStrides[3])
            {
                window.MoveTo(in job, pixel);
                nint room = spills ? window.Room(in job, pixel) : channels;
                if (isMax)
                    GiveToLargest<TStore>(in job, in window, x + window.Offset(job.XStrides), dy, dx + window.Offset(job.ResultStrides), channels, room);
                else
                    GiveToAll<TStore>(in job, in window, dy, dx + window.Offset(job.ResultStrides), channels, room);
            }
        }
    }

    /// <summary>
    /// Gives the gradient of a pixel to the largest element of its window. Channels that fill a part of a vector come first: a whole vector of them may
    /// reach into the next pixel, whose channels are written after it.
    /// </summary>
    /// <param name="job">The pooling.</param>
    /// <param name="window">The window.</param>
    /// <param name="x">Where the window starts in x.</param>
    /// <param name="dy">The gradient of the pixel.</param>
    /// <param name="dx">Where the window starts in the gradient of x.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="room">How many elements from the start of the window's last pixel on may be read and written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GiveToLargest<TStore>(in PoolingJob<T> job, in PoolingWindow<T> window, T* x, T* dy, T* dx, nint channels, nint room)
        where TStore : struct, IStore
    {
        for (nint channel = FirstVector(channels), vectors = Vectors(channels); vectors > 0; vectors--, channel = NextVector(channel, channels))
        {
            nint count = room - channel;
            TVector largest = PoolingLoops<T, TVector>.Largest(in job, in window, x + channel, count);
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
                        StoreLeft<TStore>(to, job.IsPartition ? given : PartialVector<T, TVector>.LoadLeft(to, count) + given, count);
                    }
                }
            }
        }
    }

    /// <summary>The same for a line of windows of 2×2 that do not overlap, the usual ones.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void GiveLine<TStore>(in PoolingJob<T> job, T* x, T* dy, T* dx, nint channels, bool spills)
        where TStore : struct, IStore
    {
        (nint row, nint pixel) = (job.Steps[2], job.Steps[3]);
        (nint rowTo, nint pixelTo) = (job.ResultSteps[2], job.ResultSteps[3]);
        nint start = FirstVector(channels), vectors = Vectors(channels);
        for (nint left = job.Sizes[3]; left > 0; left--, x += 2 * pixel, dx += 2 * pixelTo, dy += job.YStrides[3])
        {
            nint room = spills ? left * channels : channels;
            nint channel = start;
            for (nint i = vectors; i > 0; i--, channel = NextVector(channel, channels))
            {
                nint count = room - channel;
                T* from = x + channel;
                TVector a = PartialVector<T, TVector>.LoadLeft(from, count), b = PartialVector<T, TVector>.LoadLeft(from + pixel, count);
                from += row;
                TVector c = PartialVector<T, TVector>.LoadLeft(from, count), d = PartialVector<T, TVector>.LoadLeft(from + pixel, count);
                T* to = dx + channel;
                TVector rest = PartialVector<T, TVector>.LoadLeft(dy + channel, count);
                Divide(ref a, ref b, ref c, ref rest, d);
                StoreLeft<TStore>(to, a, count);
                StoreLeft<TStore>(to + pixelTo, b, count);
                to += rowTo;
                StoreLeft<TStore>(to, c, count);
                StoreLeft<TStore>(to + pixelTo, rest, count);
            }
        }
    }

    /// <summary>
    /// The same for few channels: several windows to a vector. Behind their pixels it writes into the next ones, which are written after them.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void GiveLine(in PixelPairs<T, TVector> pairs, T* x, T* dy, T* dx, nint channels, nint pixels, (nint From, nint To) row)
    {
        nint step = TVector.Count / channels * channels;
        for (nint left = pixels * channels; left > 0; left -= step, x += 2 * step, dx += 2 * step, dy += step)
        {
            nint low = 2 * left, high = low - TVector.Count;
            TVector x0 = PartialVector<T, TVector>.LoadLeft(x, low), x1 = PartialVector<T, TVector>.LoadLeft(x + TVector.Count, high);
            T* from = x + row.From;
            TVector x2 = PartialVector<T, TVector>.LoadLeft(from, low), x3 = PartialVector<T, TVector>.LoadLeft(from + TVector.Count, high);
            TVector a = pairs.Even(x0, x1), b = pairs.Odd(x0, x1), c = pairs.Even(x2, x3), d = pairs.Odd(x2, x3);
            TVector rest = PartialVector<T, TVector>.LoadLeft(dy, left);
            Divide(ref a, ref b, ref c, ref rest, d);
            T* to = dx + row.To;
            PartialVector<T, TVector>.StoreLeft(dx, pairs.Low(a, b), low);
            PartialVector<T, TVector>.StoreLeft(dx + TVector.Count, pairs.High(a, b), high);
            PartialVector<T, TVector>.StoreLeft(to, pairs.Low(c, rest), low);
            PartialVector<T, TVector>.StoreLeft(to + TVector.Count, pairs.High(c, rest), high);
        }
    }

    /// <summary>Replaces the first three values of a window by their parts of the gradient; the rest of it is the last one's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Divide(ref TVector a, ref TVector b, ref TVector c, ref TVector rest, TVector d)
    {
        TVector largest = PoolingLoops<T, TVector>.Larger(d, PoolingLoops<T, TVector>.Larger(c, PoolingLoops<T, TVector>.Larger(b, a)));
        if (TVector.GreaterOrEqualAll(largest, largest))
        {
            a = TakeEqual(a, largest, ref rest);
            b = TakeEqual(b, largest, ref rest);
            c = TakeEqual(c, largest, ref rest);
            return;
        }
        a = Take(a, largest, ref rest);
        b = Take(b, largest, ref rest);
        c = Take(c, largest, ref rest);
    }

    private static nint Vectors(nint channels) => GemmPlan.CeilingDivide(channels, TVector.Count);

    /// <summary>Where the channels start that fill a part of a vector; 0 if there are none.</summary>
    private static nint FirstVector(nint channels) => channels % TVector.Count == 0 ? 0 : channels - channels % TVector.Count;

    /// <summary>After that part come the whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint NextVector(nint channel, nint channels) => channel > channels - TVector.Count ? 0 : channel + TVector.Count;

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

    /// <summary>The same where no value is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector TakeEqual(TVector value, TVector largest, ref TVector left)
    {
        TVector isGiven = TVector.Equal(value, largest);
        TVector given = TVector.Select(isGiven, left, default);
        left = TVector.Select(isGiven, default, left);
        return given;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GiveToAll<TStore>(in PoolingJob<T> job, in PoolingWindow<T> window, T* dy, T* dx, nint channels, nint room)
        where TStore : struct, IStore
    {
        TVector divisor = TVector.Create(T.CreateTruncating(window.Divisor));
        for (nint channel = FirstVector(channels), vectors = Vectors(channels); vectors > 0; vectors--, channel = NextVector(channel, channels))
        {
            nint count = room - channel;
            TVector share = PartialVector<T, TVector>.LoadLeft(dy + channel, count) / divisor;
            for (nint d = 0; d < window.Depth; d++)
            {
                for (nint h = 0; h < window.Height; h++)
                {
                    T* to = dx + channel + d * job.ResultSteps[1] + h * job.ResultSteps[2];
                    for (nint i = window.Width; i > 0; i--, to += job.ResultSteps[3])
                        StoreLeft<TStore>(to, job.IsPartition ? share : PartialVector<T, TVector>.LoadLeft(to, count) + share, count);
                }
            }
        }
    }

    /// <summary>The same for a line of windows of 2×2 that do not overlap, the usual ones.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void ShareLine<TStore>(in PoolingJob<T> job, T divisor, T* dy, T* dx, nint channels, bool spills)
        where TStore : struct, IStore
    {
        TVector divisors = TVector.Create(divisor);
        (nint row, nint pixel) = (job.ResultSteps[2], job.ResultSteps[3]);
        nint start = FirstVector(channels), vectors = Vectors(channels);
        for (nint left = job.Sizes[3]; left > 0; left--, dx += 2 * pixel, dy += job.YStrides[3])
        {
            nint room = spills ? left * channels : channels;
            nint channel = start;
            for (nint i = vectors; i > 0; i--, channel = NextVector(channel, channels))
            {
                nint count = room - channel;
                TVector share = PartialVector<T, TVector>.LoadLeft(dy + channel, count) / divisors;
                T* to = dx + channel;
                StoreLeft<TStore>(to, share, count);
                StoreLeft<TStore>(to + pixel, share, count);
                to += row;
                StoreLeft<TStore>(to, share, count);
                StoreLeft<TStore>(to + pixel, share, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLeft<TStore>(T* destination, TVector vector, nint left)
        where TStore : struct, IStore
    {
        if (left >= TVector.Count)
            TStore.Store(destination, vector);
        else
            PartialVector<T, TVector>.Store(destination, vector, (int)left);
    }
}
