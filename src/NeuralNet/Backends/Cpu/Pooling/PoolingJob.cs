using NeuralNet.Backends.Cpu.Convolution;

namespace NeuralNet.Backends.Cpu.Pooling;

/// <summary>A pooling as its kernels see it. It lives on the caller's stack while workers read it.</summary>
internal unsafe struct PoolingJob<T>
    where T : unmanaged
{
    private const nint ElementsPerChunk = 8192;
    private const nint EnoughUnits = 16;

    /// <summary>Channels are given to threads by whole cache lines.</summary>
    private const nint ChannelStep = 16;

    public T* X;
    public T* Y;

    /// <summary>The gradient of x, or the positions.</summary>
    public void* Result;

    public nint Channels;

    /// <summary>The sizes of y.</summary>
    public Extent Sizes;

    /// <summary>The sizes of x.</summary>
    public Extent Inside;

    public Extent XStrides;
    public Extent YStrides;

    /// <summary>The strides of the gradient of x.</summary>
    public Extent ResultStrides;

    /// <summary>From an element of a window to the next, in x.</summary>
    public Extent Steps;

    /// <summary>The same in the gradient of x.</summary>
    public Extent ResultSteps;

    public Extent Dilation;

    /// <summary>For each axis a window's start, count and length: three numbers for each window, axis behind axis.</summary>
    public long* Windows;

    public bool IsPartition;

    /// <summary>Whether the windows of a line are pairs of pixels, one behind the other.</summary>
    public bool IsOfPairs;
    public nint LinesPerChunk;
    public nint ChannelsPerUnit;

    public readonly nint Lines => Sizes[0] * Sizes[1] * Sizes[2];

    /// <summary>Whether the pixels of a line lie behind each other.</summary>
    public readonly bool IsPacked => XStrides[3] == Channels && YStrides[3] == Channels && (Result == Y || ResultStrides[3] == Channels);

    /// <summary>Whether the channels fill at most half of a vector.</summary>
    public readonly bool IsNarrow(int vector) => 2 * Channels <= vector && IsPacked;

    /// <summary>The number of chunks of lines of y.</summary>
    public int PlanLines()
    {
        LinesPerChunk = Math.Max(1, ElementsPerChunk / Math.Max(1, Sizes[3] * Channels));
        return checked((int)((Lines + LinesPerChunk - 1) / LinesPerChunk));
    }

    /// <summary>The number of units of an image and some of its channels.</summary>
    public int PlanChannels()
    {
        nint wanted = Channels * Sizes[0] / EnoughUnits;
        ChannelsPerUnit = Math.Clamp((wanted + ChannelStep - 1) / ChannelStep * ChannelStep, Math.Min(ChannelStep, Channels), Channels);
        return checked((int)(Sizes[0] * UnitsPerImage));
    }

    public readonly nint UnitsPerImage => (Channels + ChannelsPerUnit - 1) / ChannelsPerUnit;

    /// <summary>A window of an axis, 1 to 3.</summary>
    public readonly void Window(int axis, nint index, out nint start, out nint count, out nint length)
    {
        long* window = Windows + 3 * ((axis > 1 ? Sizes[1] : 0) + (axis > 2 ? Sizes[2] : 0) + index);
        (start, count, length) = ((nint)window[0], (nint)window[1], (nint)window[2]);
    }
}
