namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// Sums over windows channel by channel, for a grid of windows. It lives on the caller's stack while workers read it.
/// </summary>
internal unsafe struct DepthwiseJob<T>
    where T : unmanaged
{
    /// <summary>A sum over windows in which every channel has a group of its own.</summary>
    public DepthwiseJob(in WindowJob<T> job)
    {
        X = job.X;
        Y = job.Y;
        Weights = job.Weights;
        Bias = job.Bias;
        Sizes = job.Sizes;
        XStrides = job.XStrides;
        YStrides = job.YStrides;
        Segments = job.Segments;
        Taps = job.SegmentCount;
        Channels = job.Groups;
        Relu = job.Relu;
    }

    public T* X;

    /// <summary>The results; or for a weight gradient, dy.</summary>
    public T* Y;

    /// <summary>A row of channels for each element of a window; for a weight gradient such rows for each part.</summary>
    public T* Weights;

    public T* Bias;
    public Extent Sizes;

    /// <summary>From a window to the next, in elements.</summary>
    public Extent XStrides;

    public Extent YStrides;

    /// <summary>As in <see cref="Gemm.Tile{T}.Segments"/>: bytes from a window's first pixel to its elements, every second number.</summary>
    public nint* Segments;

    public nint Taps;
    public nint Channels;
    public bool Relu;
    public nint LinesPerChunk;

    public readonly nint Lines => Sizes[0] * Sizes[1] * Sizes[2];

    public readonly double Flops => 2.0 * Sizes.Product * Channels * Taps;

    /// <summary>Where a line's first window and its result lie.</summary>
    public readonly void Locate(nint line, out T* x, out T* y)
    {
        (nint image, nint inImage) = Math.DivRem(line, Sizes[1] * Sizes[2]);
        (nint plane, nint row) = Math.DivRem(inImage, Sizes[2]);
        x = X + image * XStrides[0] + plane * XStrides[1] + row * XStrides[2];
        y = Y + image * YStrides[0] + plane * YStrides[1] + row * YStrides[2];
    }
}
