using NeuralNet.Backends.Cpu.Convolution;

namespace NeuralNet.Backends.Cpu.Pooling;

/// <summary>The window of one pixel of y.</summary>
internal unsafe struct PoolingWindow<T>
    where T : unmanaged
{
    private readonly nint _divisor;

    /// <summary>A window of a line; where that starts in x and in y is given as elements from the first image.</summary>
    public PoolingWindow(in PoolingJob<T> job, nint line, out nint image, out nint y)
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

    /// <summary>Whether the window is one of 2×2, the usual one.</summary>
    public readonly bool IsFour => HasTwoLines && Width == 2;

    /// <summary>Whether the windows of the line have two rows.</summary>
    public readonly bool HasTwoLines => Depth == 1 && Height == 2;

    public void MoveTo(in PoolingJob<T> job, nint pixel)
    {
        job.Window(3, pixel, out StartW, out Width, out nint length);
        Divisor = _divisor * length;
    }

    /// <summary>How many elements there are from the window's last pixel to the end of its line, or from the pixel of y to the end of that one.</summary>
    public readonly nint Room(in PoolingJob<T> job, nint pixel)
    {
        nint pixels = job.Inside[3] - StartW - (Width - 1) * job.Dilation[3];
        return Math.Min(pixels, job.Sizes[3] - pixel) * job.Channels;
    }

    public readonly nint Offset(in Extent strides) => StartD * strides[1] + StartH * strides[2] + StartW * strides[3];
}
