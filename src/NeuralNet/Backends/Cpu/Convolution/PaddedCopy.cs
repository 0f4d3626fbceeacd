using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>Copies images that lie channels last, line by line, with zeros around them.</summary>
internal unsafe struct PaddedCopy<T>
    where T : unmanaged
{
    private const nint ElementsPerChunk = 1 << 14;

    /// <summary>Describes a copy.</summary>
    /// <param name="x">The images, [N, C, …], channels last.</param>
    /// <param name="before">The zeros before them, for each spatial axis.</param>
    /// <param name="layout">The copy.</param>
    public PaddedCopy(Layout x, ReadOnlySpan<long> before, Layout layout)
    {
        Sizes = Extent.SizesOf(layout);
        Inside = Extent.SizesOf(x);
        Strides = Extent.StridesOf(x);
        Before = Extent.OfSpatial(before, missing: 0);
        Channels = (nint)x.Sizes[1];
    }

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

    /// <summary>The elements of a line of the copy.</summary>
    public readonly nint LineLength => Sizes[3] * Channels;

    public readonly nint Length => Lines * LineLength;

    private readonly nint Lines => Sizes[0] * Sizes[1] * Sizes[2];

    /// <summary>Copies, on the pool's threads if there is much.</summary>
    public static void Run(ref PaddedCopy<T> job, WorkerPool workers)
    {
        job._linesPerChunk = Math.Max(1, ElementsPerChunk / Math.Max(1, job.LineLength));
        fixed (PaddedCopy<T>* pinned = &job)
            workers.Run(&RunLines, pinned, checked((int)((job.Lines + job._linesPerChunk - 1) / job._linesPerChunk)));
    }

    private static void RunLines(void* context, int chunk)
    {
        ref readonly PaddedCopy<T> job = ref *(PaddedCopy<T>*)context;
        nint first = chunk * job._linesPerChunk;
        nint end = Math.Min(first + job._linesPerChunk, job.Lines);
        job.CopyLines(first, end, job.Destination + first * job.LineLength);
    }

    /// <summary>Copies some lines of the copy to a place of their own.</summary>
    public readonly void CopyLines(nint first, nint end, T* destination)
    {
        nint length = LineLength;
        nint before = Math.Min(Before[3] * Channels, length);
        nint kept = Math.Max(0, Math.Min(Inside[3] * Channels, length - before));
        for (nint line = first; line < end; line++, destination += length)
        {
            Span<T> to = new(destination, checked((int)length));
            (nint image, nint inImage) = Math.DivRem(line, Sizes[1] * Sizes[2]);
            (nint plane, nint row) = Math.DivRem(inImage, Sizes[2]);
            plane -= Before[1];
            row -= Before[2];
            if ((nuint)plane >= (nuint)Inside[1] || (nuint)row >= (nuint)Inside[2])
            {
                to.Clear();
                continue;
            }
            T* from = Source + image * Strides[0] + plane * Strides[1] + row * Strides[2];
            to[..(int)before].Clear();
            new ReadOnlySpan<T>(from, (int)kept).CopyTo(to[(int)before..]);
            to[(int)(before + kept)..].Clear();
        }
    }
}
