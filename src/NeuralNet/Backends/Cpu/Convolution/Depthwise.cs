using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// Convolutions in which every channel has a group of its own: vectors of channels, some windows of a line at a time. Where windows reach beyond the
/// images their elements are left out; nothing is copied.
/// </summary>
internal static unsafe class Depthwise<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    private const double ChunkFlops = 2.5e5;
    private const int MostParts = 16;

    /// <summary>Windows of three neighbours that are computed together: channel by channel, so that memory is read and written in its order.</summary>
    private const nint WindowsAtOnce = 8;

    /// <summary>Computes y, of a convolution or of one phase of an input gradient.</summary>
    public static void Run(ref DepthwiseJob<T> job, WorkerPool workers)
    {
        fixed (DepthwiseJob<T>* pinned = &job)
            workers.Run(&RunLines, pinned, PlanLines(ref job, int.MaxValue));
    }

    /// <summary>How many parts of the pixels a weight gradient sums apart.</summary>
    public static int PlanParts(ref DepthwiseJob<T> job) => PlanLines(ref job, MostParts);

    /// <summary>Computes the parts of a weight gradient.</summary>
    public static void RunWeightGradient(ref DepthwiseJob<T> job, int parts, WorkerPool workers)
    {
        fixed (DepthwiseJob<T>* pinned = &job)
            workers.Run(&SumPart, pinned, parts);
    }

    private static int PlanLines(ref DepthwiseJob<T> job, nint most)
    {
        nint lines = (nint)Math.Max(1, ChunkFlops * job.Lines / Math.Max(1, job.Flops));
        job.LinesPerChunk = Math.Max(Math.Min(lines, job.Lines), GemmPlan.CeilingDivide(job.Lines, most));
        return checked((int)GemmPlan.CeilingDivide(job.Lines, job.LinesPerChunk));
    }

    private static DepthwiseLine<T>* TakeLines(in DepthwiseJob<T> job) =>
        (DepthwiseLine<T>*)ThreadMemory.Current.Slab(Math.Max(1, job.Counts[1] * job.Counts[2]) * sizeof(DepthwiseLine<T>));

    private static void RunLines(void* context, int chunk)
    {
        ref readonly DepthwiseJob<T> job = ref *(DepthwiseJob<T>*)context;
        DepthwiseLine<T>* lines = TakeLines(in job);
        nint vectors = job.Channels - job.Channels % TVector.Count;
        (nint first, nint whole) = job.Whole();
        nint end = Math.Min((chunk + 1) * job.LinesPerChunk, job.Lines);
        for (nint line = chunk * job.LinesPerChunk; line < end; line++)
        {
            nint count = job.Locate(line, lines, out T* y);
            for (nint window = 0; window < first; window++)
                RunEdge(in job, lines, count, window, vectors, y + window * job.YStrides[3]);
            nint done = first;
            for (; job.IsTriple && done <= whole - WindowsAtOnce; done += WindowsAtOnce)
                RunTriples(in job, lines, count, done, vectors, y + done * job.YStrides[3]);
            for (; done <= whole - 4; done += 4)
                RunFour(in job, lines, count, done, vectors, y + done * job.YStrides[3]);
            for (; done < whole; done++)
                RunOne(in job, lines, count, done, 0, job.Counts[3], vectors, y + done * job.YStrides[3]);
            for (nint window = whole; window < job.Sizes[3]; window++)
                RunEdge(in job, lines, count, window, vectors, y + window * job.YStrides[3]);
            for (nint window = 0; window < job.Sizes[3] && vectors < job.Channels; window++)
                RunRest(in job, lines, count, window, vectors, y + window * job.YStrides[3]);
        }
    }

    /// <summary>A window of which some elements lie outside: those inside follow on each other.</summary>
    private static void RunEdge(in DepthwiseJob<T> job, DepthwiseLine<T>* lines, nint count, nint window, nint channels, T* y)
    {
        nint first = 0, end = job.Counts[3];
        while (first < end && !job.IsInside(window, first))
            first++;
        while (end > first && !job.IsInside(window, end - 1))
            end--;
        RunOne(in job, lines, count, window, first, end - first, channels, y);
    }

    /// <summary>The channels that fill no vector, of a window of which some elements may lie outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunRest(in DepthwiseJob<T> job, DepthwiseLine<T>* lines, nint count, nint window, nint channel, T* y)
    {
        for (; channel < job.Channels; channel += TVector.Count)
        {
            nint left = job.Channels - channel;
            TVector sum = job.Bias == null ? default : PartialVector<T, TVector>.LoadLeft(job.Bias + channel, left);
            for (nint tap = 0; tap < job.Counts[3]; tap++)
            {
                if (!job.IsInside(window, tap))
                    continue;
                nint at = (window * job.Step[3] + (nint)job.LinePixels[tap]) * job.XStrides[3] + channel;
                T* weights = job.Weights + tap * job.Channels + channel;
                for (nint line = 0; line < count; line++)
                {
                    TVector x = PartialVector<T, TVector>.LoadLeft(lines[line].X + at, left);
                    sum = TVector.MultiplyAdd(x, PartialVector<T, TVector>.LoadLeft(weights + lines[line].Tap * job.Channels, left), sum);
                }
            }
            PartialVector<T, TVector>.StoreLeft(y + channel, job.Relu ? PartialTile<T, TVector>.Relu(sum) : sum, left);
        }
    }

    /// <summary>Four windows inside x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunFour(in DepthwiseJob<T> job, DepthwiseLine<T>* lines, nint count, nint window, nint channels, T* y)
    {
        nint step = job.LineStep;
        nint yStep = job.YStrides[3];
        nint taps = job.Counts[3];
        bool relu = job.Relu;
        for (nint channel = 0; channel < channels; channel += TVector.Count, y += TVector.Count)
        {
            TVector y0 = job.Bias == null ? default : TVector.Load(job.Bias + channel);
            TVector y1 = y0, y2 = y0, y3 = y0;
            for (nint line = 0; line < count; line++)
            {
                T* x = lines[line].X + window * step + channel;
                T* weights = job.Weights + lines[line].Tap * job.Channels + channel;
                for (nint tap = 0; tap < taps; tap++, weights += job.Channels)
                {
                    T* from = x + (nint)job.LinePixels[tap] * job.XStrides[3];
                    TVector weight = TVector.Load(weights);
                    y0 = TVector.MultiplyAdd(TVector.Load(from), weight, y0);
                    y1 = TVector.MultiplyAdd(TVector.Load(from + step), weight, y1);
                    y2 = TVector.MultiplyAdd(TVector.Load(from + 2 * step), weight, y2);
                    y3 = TVector.MultiplyAdd(TVector.Load(from + 3 * step), weight, y3);
                }
            }
            Write(y, y0, relu);
            Write(y + yStep, y1, relu);
            Write(y + 2 * yStep, y2, relu);
            Write(y + 3 * yStep, y3, relu);
        }
    }

    /// <summary>A window of which some neighbouring elements of each line lie inside x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunOne(in DepthwiseJob<T> job, DepthwiseLine<T>* lines, nint count, nint window, nint tap, nint taps, nint channels, T* y)
    {
        long* pixels = job.LinePixels + tap;
        nint step = job.XStrides[3];
        nint row = job.Channels;
        nint start = window * job.LineStep;
        bool relu = job.Relu;
        nint lineLength = Ahead.LineBytes / sizeof(T);
        T* nextX = (count == 0 ? job.X : lines[count - 1].X) + start + MiddleOf(in job) * step + job.Step[2] * job.XStrides[2];
        nint nextY = job.YStrides[2];
        nint channel = 0;
        // Two vectors share the steps from element to element, and neither waits for the other's sum.
        for (; channel <= channels - 2 * TVector.Count; channel += 2 * TVector.Count, y += 2 * TVector.Count)
        {
            if (channel % lineLength == 0)
            {
                Ahead.TouchAll(nextX + channel, 2 * TVector.Count);
                Ahead.TouchAll(y + nextY, 2 * TVector.Count);
            }
            TVector sum = default, other = default;
            if (job.Bias != null)
                (sum, other) = (TVector.Load(job.Bias + channel), TVector.Load(job.Bias + channel + TVector.Count));
            for (nint line = 0; line < count; line++)
            {
                T* x = lines[line].X + start + channel;
                T* weights = job.Weights + (lines[line].Tap + tap) * row + channel;
                for (nint i = 0; i < taps; i++, weights += row)
                {
                    T* from = x + (nint)pixels[i] * step;
                    sum = TVector.MultiplyAdd(TVector.Load(from), TVector.Load(weights), sum);
                    other = TVector.MultiplyAdd(TVector.Load(from + TVector.Count), TVector.Load(weights + TVector.Count), other);
                }
            }
            Write(y, sum, relu);
            Write(y + TVector.Count, other, relu);
        }
        for (; channel < channels; channel += TVector.Count, y += TVector.Count)
        {
            TVector sum = job.Bias == null ? default : TVector.Load(job.Bias + channel);
            for (nint line = 0; line < count; line++)
            {
                T* x = lines[line].X + start + channel;
                T* weights = job.Weights + (lines[line].Tap + tap) * row + channel;
                for (nint i = 0; i < taps; i++, weights += row)
                    sum = TVector.MultiplyAdd(TVector.Load(x + (nint)pixels[i] * step), TVector.Load(weights), sum);
            }
            Write(y, sum, relu);
        }
    }

    /// <summary>Eight windows of three neighbours inside x: every pixel is read once for all windows that it is in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTriples(in DepthwiseJob<T> job, DepthwiseLine<T>* lines, nint count, nint window, nint channels, T* y)
    {
        nint step = job.XStrides[3];
        nint yStep = job.YStrides[3];
        nint row = job.Channels;
        bool relu = job.Relu;
        nint start = (window + (nint)job.LinePixels[0]) * step;
        T* allWeights = job.Weights;
        T* bias = job.Bias;
        nint lineLength = Ahead.LineBytes / sizeof(T);
        T* nextX = (count == 0 ? job.X : lines[count - 1].X) + start + step + job.Step[2] * job.XStrides[2];
        nint nextY = job.YStrides[2];
        for (nint channel = 0; channel < channels; channel += TVector.Count, y += TVector.Count)
        {
            if (channel % lineLength == 0)
            {
                Ahead.Touch(nextX + channel, step, WindowsAtOnce);
                Ahead.Touch(y + nextY, yStep, WindowsAtOnce);
            }
            TVector y0 = bias == null ? default : TVector.Load(bias + channel);
            TVector y1 = y0, y2 = y0, y3 = y0, y4 = y0, y5 = y0, y6 = y0, y7 = y0;
            for (nint line = 0; line < count; line++)
            {
                T* x = lines[line].X + start + channel;
                T* weights = allWeights + lines[line].Tap * row + channel;
                TVector left = TVector.Load(weights), middle = TVector.Load(weights + row), right = TVector.Load(weights + 2 * row);
                TVector a = TVector.Load(x), b = TVector.Load(x + step), c = TVector.Load(x + 2 * step);
                x += 3 * step;
                y0 = TVector.MultiplyAdd(a, left, y0);
                y0 = TVector.MultiplyAdd(b, middle, y0);
                y0 = TVector.MultiplyAdd(c, right, y0);
                a = TVector.Load(x);
                y1 = TVector.MultiplyAdd(b, left, y1);
                y1 = TVector.MultiplyAdd(c, middle, y1);
                y1 = TVector.MultiplyAdd(a, right, y1);
                b = TVector.Load(x + step);
                y2 = TVector.MultiplyAdd(c, left, y2);
                y2 = TVector.MultiplyAdd(a, middle, y2);
                y2 = TVector.MultiplyAdd(b, right, y2);
                c = TVector.Load(x + 2 * step);
                x += 3 * step;
                y3 = TVector.MultiplyAdd(a, left, y3);
                y3 = TVector.MultiplyAdd(b, middle, y3);
                y3 = TVector.MultiplyAdd(c, right, y3);
                a = TVector.Load(x);
                y4 = TVector.MultiplyAdd(b, left, y4);
                y4 = TVector.MultiplyAdd(c, middle, y4);
                y4 = TVector.MultiplyAdd(a, right, y4);
                b = TVector.Load(x + step);
                y5 = TVector.MultiplyAdd(c, left, y5);
                y5 = TVector.MultiplyAdd(a, middle, y5);
                y5 = TVector.MultiplyAdd(b, right, y5);
                c = TVector.Load(x + 2 * step);
                y6 = TVector.MultiplyAdd(a, left, y6);
                y6 = TVector.MultiplyAdd(b, middle, y6);
                y6 = TVector.MultiplyAdd(c, right, y6);
                a = TVector.Load(x + 3 * step);
                y7 = TVector.MultiplyAdd(b, left, y7);
                y7 = TVector.MultiplyAdd(c, middle, y7);
                y7 = TVector.MultiplyAdd(a, right, y7);
            }
            Write(y, y0, relu);
            Write(y + yStep, y1, relu);
            Write(y + 2 * yStep, y2, relu);
            Write(y + 3 * yStep, y3, relu);
            Write(y + 4 * yStep, y4, relu);
            Write(y + 5 * yStep, y5, relu);
            Write(y + 6 * yStep, y6, relu);
            Write(y + 7 * yStep, y7, relu);
        }
    }

    /// <summary>The pixel along a line that a window asks for ahead: all windows together ask for all pixels.</summary>
    private static nint MiddleOf(in DepthwiseJob<T> job) => job.Counts[3] == 0 ? 0 : (nint)job.LinePixels[job.Counts[3] / 2];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* y, TVector value, bool relu) => (relu ? PartialTile<T, TVector>.Relu(value) : value).Store(y);

    private static void SumPart(void* context, int part)
    {
        ref readonly DepthwiseJob<T> job = ref *(DepthwiseJob<T>*)context;
        DepthwiseLine<T>* lines = TakeLines(in job);
        nint start = part * job.LinesPerChunk;
        nint end = Math.Min(start + job.LinesPerChunk, job.Lines);
        (nint first, nint whole) = job.Whole();
        nint vectors = job.Channels - job.Channels % TVector.Count;
        T* sums = job.Weights + part * job.Taps * job.Channels;
        new Span<byte>(sums, checked((int)(job.Taps * job.Channels * sizeof(T)))).Clear();
        for (nint line = start; line < end; line++)
        {
            nint count = job.Locate(line, lines, out T* dy);
            for (nint i = 0; i < count; i++)
            {
                T* x = lines[i].X;
                T* ofLine = sums + lines[i].Tap * job.Channels;
                for (nint tap = 0; tap < job.Counts[3]; tap++)
                {
                    SumTap(in job, x, dy, tap, 0, first, 0, job.Channels, ofLine);
                    SumTap(in job, x, dy, tap, whole, job.Sizes[3], 0, job.Channels, ofLine);
                    if (!job.IsTriple)
                        SumTap(in job, x, dy, tap, first, whole, 0, job.Channels, ofLine);
                    else if (vectors < job.Channels)
                        SumTap(in job, x, dy, tap, first, whole, vectors, job.Channels, ofLine);
                }
            }
            for (nint window = first; window < whole && job.IsTriple; window += WindowsAtOnce)
            {
                nint windows = Math.Min(WindowsAtOnce, whole - window);
                T* gradients = dy + window * job.YStrides[3];
                if (job.YStrides[3] == job.Channels)
                    Ahead.TouchAll(gradients + job.YStrides[2], windows * job.Channels);
                for (nint i = 0; i < count; i++)
                {
                    T* x = lines[i].X + (window + (nint)job.LinePixels[0]) * job.XStrides[3];
                    if (i == count - 1 && job.XStrides[3] == job.Channels)
                        Ahead.TouchAll(x + job.Step[2] * job.XStrides[2], windows * job.Channels);
                    SumTriples(in job, x, gradients, windows, vectors, sums + lines[i].Tap * job.Channels);
                }
            }
        }
    }

    /// <summary>Adds one element's part of some windows of a line, those in which it lies inside x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumTap(in DepthwiseJob<T> job, T* x, T* dy, nint tap, nint window, nint end, nint channel, nint channels, T* sums)
    {
        while (window < end && !job.IsInside(window, tap))
            window++;
        while (end > window && !job.IsInside(end - 1, tap))
            end--;
        if (window >= end)
            return;
        x += window * job.LineStep + (nint)job.LinePixels[tap] * job.XStrides[3];
        dy += window * job.YStrides[3];
        sums += tap * job.Channels;
        for (; channel < channels; channel += TVector.Count)
        {
            nint left = channels - channel;
            T* from = x + channel;
            T* gradients = dy + channel;
            TVector sum = PartialVector<T, TVector>.LoadLeft(sums + channel, left);
            for (nint i = window; i < end; i++, from += job.LineStep, gradients += job.YStrides[3])
            {
                TVector gradient = PartialVector<T, TVector>.LoadLeft(gradients, left);
                sum = TVector.MultiplyAdd(PartialVector<T, TVector>.LoadLeft(from, left), gradient, sum);
            }
            PartialVector<T, TVector>.StoreLeft(sums + channel, sum, left);
        }
    }

    /// <summary>Adds the parts of three neighbours for some windows, two at a time: every pixel is read once for all that it is part of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumTriples(in DepthwiseJob<T> job, T* pixels, T* gradients, nint windows, nint channels, T* sums)
    {
        nint step = job.XStrides[3];
        nint dyStep = job.YStrides[3];
        nint row = job.Channels;
        for (nint channel = 0; channel < channels; channel += TVector.Count)
        {
            T* x = pixels + channel;
            T* dy = gradients + channel;
            T* to = sums + channel;
            TVector left = TVector.Load(to), middle = TVector.Load(to + row), right = TVector.Load(to + 2 * row);
            TVector otherLeft = default, otherMiddle = default, otherRight = default;
            TVector a = TVector.Load(x), b = TVector.Load(x + step);
            x += 2 * step;
            nint window = windows;
            for (; window >= 2; window -= 2, x += 2 * step, dy += 2 * dyStep)
            {
                TVector c = TVector.Load(x), d = TVector.Load(x + step);
                TVector gradient = TVector.Load(dy), next = TVector.Load(dy + dyStep);
                left = TVector.MultiplyAdd(a, gradient, left);
                middle = TVector.MultiplyAdd(b, gradient, middle);
                right = TVector.MultiplyAdd(c, gradient, right);
                otherLeft = TVector.MultiplyAdd(b, next, otherLeft);
                otherMiddle = TVector.MultiplyAdd(c, next, otherMiddle);
                otherRight = TVector.MultiplyAdd(d, next, otherRight);
                a = c;
                b = d;
            }
            if (window > 0)
            {
                TVector gradient = TVector.Load(dy);
                left = TVector.MultiplyAdd(a, gradient, left);
                middle = TVector.MultiplyAdd(b, gradient, middle);
                right = TVector.MultiplyAdd(TVector.Load(x), gradient, right);
            }
            (left + otherLeft).Store(to);
            (middle + otherMiddle).Store(to + row);
            (right + otherRight).Store(to + 2 * row);
        }
    }
}
