using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>Convolutions in which every channel has a group of its own: vectors of channels, four pixels at a time.</summary>
internal static unsafe class Depthwise<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    private const double ChunkFlops = 2.5e5;
    private const int MostParts = 16;

    /// <summary>Computes y, of a convolution or of one phase of an input gradient.</summary>
    public static void Run(ref DepthwiseJob<T> job, WorkerPool workers)
    {
        fixed (DepthwiseJob<T>* pinned = &job)
            workers.Run(&RunLines, pinned, PlanLines(ref job, int.MaxValue));
    }

    /// <summary>Copies weights to a row of channels for each element of the window.</summary>
    /// <param name="source">The weight of the first element and channel.</param>
    /// <param name="steps">Where each element finds its weight, from there.</param>
    /// <param name="taps">The number of elements.</param>
    /// <param name="channel">From a channel to the next.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="destination">Room for the rows.</param>
    public static void Pack(T* source, long* steps, nint taps, nint channel, nint channels, T* destination)
    {
        for (nint tap = 0; tap < taps; tap++)
        {
            for (nint i = 0; i < channels; i++)
                *destination++ = source[steps[tap] + i * channel];
        }
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

    private static void RunLines(void* context, int chunk)
    {
        ref readonly DepthwiseJob<T> job = ref *(DepthwiseJob<T>*)context;
        nint end = Math.Min((chunk + 1) * job.LinesPerChunk, job.Lines);
        for (nint line = chunk * job.LinesPerChunk; line < end; line++)
        {
            job.Locate(line, out T* x, out T* y);
            nint channel = 0;
            for (; channel <= job.Channels - TVector.Count; channel += TVector.Count)
                RunLine(in job, x + channel, y + channel, channel);
            if (channel < job.Channels)
                RunPartialLine(in job, x + channel, y + channel, channel, (int)(job.Channels - channel));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunLine(in DepthwiseJob<T> job, T* x, T* y, nint channel)
    {
        nint xStep = job.XStrides[3];
        nint yStep = job.YStrides[3];
        nint row = job.Channels;
        bool relu = job.Relu;
        TVector bias = job.Bias == null ? default : TVector.Load(job.Bias + channel);
        nint* end = job.Segments + 2 * job.Taps;
        nint pixels = job.Sizes[3];
        for (; pixels >= 4; pixels -= 4)
        {
            TVector y0 = bias, y1 = bias, y2 = bias, y3 = bias;
            T* weights = job.Weights + channel;
            for (nint* segment = job.Segments; segment < end; segment += 2)
            {
                T* from = (T*)((byte*)x + *segment);
                TVector weight = TVector.Load(weights);
                y0 = TVector.MultiplyAdd(TVector.Load(from), weight, y0);
                y1 = TVector.MultiplyAdd(TVector.Load(from + xStep), weight, y1);
                y2 = TVector.MultiplyAdd(TVector.Load(from + 2 * xStep), weight, y2);
                y3 = TVector.MultiplyAdd(TVector.Load(from + 3 * xStep), weight, y3);
                weights += row;
            }
            if (relu)
            {
                y0 = PartialTile<T, TVector>.Relu(y0);
                y1 = PartialTile<T, TVector>.Relu(y1);
                y2 = PartialTile<T, TVector>.Relu(y2);
                y3 = PartialTile<T, TVector>.Relu(y3);
            }
            y0.Store(y);
            y1.Store(y + yStep);
            y2.Store(y + 2 * yStep);
            y3.Store(y + 3 * yStep);
            x += 4 * xStep;
            y += 4 * yStep;
        }
        for (; pixels > 0; pixels--)
        {
            TVector sum = bias;
            T* weights = job.Weights + channel;
            for (nint* segment = job.Segments; segment < end; segment += 2)
            {
                sum = TVector.MultiplyAdd(TVector.Load((T*)((byte*)x + *segment)), TVector.Load(weights), sum);
                weights += row;
            }
            (relu ? PartialTile<T, TVector>.Relu(sum) : sum).Store(y);
            x += xStep;
            y += yStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPartialLine(in DepthwiseJob<T> job, T* x, T* y, nint channel, int count)
    {
        bool relu = job.Relu;
        TVector bias = job.Bias == null ? default : PartialVector<T, TVector>.Load(job.Bias + channel, count);
        nint* end = job.Segments + 2 * job.Taps;
        for (nint pixels = job.Sizes[3]; pixels > 0; pixels--)
        {
            TVector sum = bias;
            T* weights = job.Weights + channel;
            for (nint* segment = job.Segments; segment < end; segment += 2)
            {
                TVector from = PartialVector<T, TVector>.Load((T*)((byte*)x + *segment), count);
                sum = TVector.MultiplyAdd(from, PartialVector<T, TVector>.Load(weights, count), sum);
                weights += job.Channels;
            }
            PartialVector<T, TVector>.Store(y, relu ? PartialTile<T, TVector>.Relu(sum) : sum, count);
            x += job.XStrides[3];
            y += job.YStrides[3];
        }
    }

    private static void SumPart(void* context, int part)
    {
        ref readonly DepthwiseJob<T> job = ref *(DepthwiseJob<T>*)context;
        nint first = part * job.LinesPerChunk;
        nint end = Math.Min(first + job.LinesPerChunk, job.Lines);
        T* sums = job.Weights + part * job.Taps * job.Channels;
        new Span<byte>(sums, checked((int)(job.Taps * job.Channels * sizeof(T)))).Clear();
        for (nint line = first; line < end; line++)
        {
            job.Locate(line, out T* x, out T* dy);
            nint channel = 0;
            for (; channel <= job.Channels - TVector.Count; channel += TVector.Count)
                SumLine(in job, x + channel, dy + channel, sums + channel);
            if (channel < job.Channels)
                SumPartialLine(in job, x + channel, dy + channel, sums + channel, (int)(job.Channels - channel));
        }
    }

    /// <summary>Adds a line's part, three elements of the window at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumLine(in DepthwiseJob<T> job, T* x, T* dy, T* sums)
    {
        nint xStep = job.XStrides[3];
        nint dyStep = job.YStrides[3];
        nint row = job.Channels;
        nint taps = job.Taps;
        nint* segment = job.Segments;
        for (; taps >= 3; taps -= 3, segment += 6, sums += 3 * row)
        {
            T* x0 = (T*)((byte*)x + segment[0]);
            T* x1 = (T*)((byte*)x + segment[2]);
            T* x2 = (T*)((byte*)x + segment[4]);
            T* gradients = dy;
            TVector sum0 = TVector.Load(sums), sum1 = TVector.Load(sums + row), sum2 = TVector.Load(sums + 2 * row);
            for (nint pixel = job.Sizes[3]; pixel > 0; pixel--)
            {
                TVector gradient = TVector.Load(gradients);
                sum0 = TVector.MultiplyAdd(TVector.Load(x0), gradient, sum0);
                sum1 = TVector.MultiplyAdd(TVector.Load(x1), gradient, sum1);
                sum2 = TVector.MultiplyAdd(TVector.Load(x2), gradient, sum2);
                x0 += xStep;
                x1 += xStep;
                x2 += xStep;
                gradients += dyStep;
            }
            sum0.Store(sums);
            sum1.Store(sums + row);
            sum2.Store(sums + 2 * row);
        }
        for (; taps > 0; taps--, segment += 2, sums += row)
        {
            T* from = (T*)((byte*)x + *segment);
            T* gradients = dy;
            TVector sum = TVector.Load(sums);
            for (nint pixel = job.Sizes[3]; pixel > 0; pixel--)
            {
                sum = TVector.MultiplyAdd(TVector.Load(from), TVector.Load(gradients), sum);
                from += xStep;
                gradients += dyStep;
            }
            sum.Store(sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumPartialLine(in DepthwiseJob<T> job, T* x, T* dy, T* sums, int count)
    {
        for (nint tap = 0; tap < job.Taps; tap++, sums += job.Channels)
        {
            T* from = (T*)((byte*)x + job.Segments[2 * tap]);
            T* gradients = dy;
            TVector sum = PartialVector<T, TVector>.Load(sums, count);
            for (nint pixel = job.Sizes[3]; pixel > 0; pixel--)
            {
                TVector gradient = PartialVector<T, TVector>.Load(gradients, count);
                sum = TVector.MultiplyAdd(PartialVector<T, TVector>.Load(from, count), gradient, sum);
                from += job.XStrides[3];
                gradients += job.YStrides[3];
            }
            PartialVector<T, TVector>.Store(sums, sum, count);
        }
    }
}
