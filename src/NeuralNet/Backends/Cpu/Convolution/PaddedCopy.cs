using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>Copies images that lie channels last, line by line, with zeros around them.</summary>
internal unsafe struct PaddedCopy<T>
    where T : unmanaged
{
    private const nint ElementsPerChunk = 1 << 14;

    public T* Source;
    public T* Destination;

    /// <summary>The sizes of the copy.</summary>
    public Extent Sizes;

    /// <summary>The sizes of the images.</summary>
    public Extent Inside;

    public Extent Strides;

    /// <summary>The zeros before the images.</summary>
    public Extent Before;

    public nint Channels;
    private nint _linesPerChunk;

    /// <summary>Copies, on the pool's threads if there is much.</summary>
    public static void Run(ref PaddedCopy<T> job, WorkerPool workers)
    {
        nint lines = job.Sizes[0] * job.Sizes[1] * job.Sizes[2];
        job._linesPerChunk = Math.Max(1, ElementsPerChunk / Math.Max(1, job.Sizes[3] * job.Channels));
        fixed (PaddedCopy<T>* pinned = &job)
            workers.Run(&RunLines, pinned, checked((int)((lines + job._linesPerChunk - 1) / job._linesPerChunk)));
    }

    private static void RunLines(void* context, int chunk)
    {
        ref readonly PaddedCopy<T> job = ref *(PaddedCopy<T>*)context;
        nint length = job.Sizes[3] * job.Channels;
        nint before = Math.Min(job.Before[3] * job.Channels, length);
        nint kept = Math.Max(0, Math.Min(job.Inside[3] * job.Channels, length - before));
        nint lines = job.Sizes[0] * job.Sizes[1] * job.Sizes[2];
        nint end = Math.Min((chunk + 1) * job._linesPerChunk, lines);
        for (nint line = chunk * job._linesPerChunk; line < end; line++)
        {
            Span<T> to = new(job.Destination + line * length, checked((int)length));
            (nint image, nint inImage) = Math.DivRem(line, job.Sizes[1] * job.Sizes[2]);
            (nint plane, nint row) = Math.DivRem(inImage, job.Sizes[2]);
            plane -= job.Before[1];
            row -= job.Before[2];
            if ((nuint)plane >= (nuint)job.Inside[1] || (nuint)row >= (nuint)job.Inside[2])
            {
                to.Clear();
                continue;
            }
            T* from = job.Source + image * job.Strides[0] + plane * job.Strides[1] + row * job.Strides[2];
            to[..(int)before].Clear();
            new ReadOnlySpan<T>(from, (int)kept).CopyTo(to[(int)before..]);
            to[(int)(before + kept)..].Clear();
        }
    }
}
