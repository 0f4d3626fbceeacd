namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// One spatial axis of an input gradient: pixel i of dx is reached by the elements r of a window for which i + padding − r·dilation is a
/// multiple of the stride, from the pixel of dy at that multiple. Pixels of one phase, i + padding modulo the stride, are reached by the same.
/// </summary>
internal readonly struct Phases
{
    private readonly long _stride;
    private readonly long _padding;
    private readonly long _dilation;
    private readonly long _kernel;
    private readonly long _size;

    public Phases(ConvolutionGeometry geometry, int axis, long kernel, long size)
        : this(geometry.Stride[axis], geometry.Padding[axis], geometry.Dilation[axis], kernel, size)
    {
    }

    private Phases(long stride, long padding, long dilation, long kernel, long size)
    {
        _stride = stride;
        _padding = padding;
        _dilation = dilation;
        _kernel = kernel;
        _size = size;
    }

    /// <summary>An axis that the images do not have.</summary>
    public static Phases None => new(1, 0, 1, 1, 1);

    /// <summary>How many zeros are needed before dy, and how many of its pixels are read, those included.</summary>
    public (long Before, long Size) Range()
    {
        long lowest = 0;
        long end = 1;
        for (long phase = 0; phase < _stride; phase++)
        {
            long first = FirstOf(phase);
            long count = CountFrom(first);
            for (long r = 0; r < _kernel && count > 0; r++)
            {
                if (!Reaches(phase, r))
                    continue;
                long pixel = PixelOf(first, r);
                lowest = Math.Min(lowest, pixel);
                end = Math.Max(end, pixel + count);
            }
        }
        return (-lowest, end - lowest);
    }

    /// <summary>The pixels of a phase and what reaches them, nearest pixel of dy first.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="before">The zeros before dy.</param>
    /// <param name="list">Memory for the list, of which it takes a part.</param>
    public Phase Take(long phase, long before, ref Span<long> list)
    {
        long first = FirstOf(phase);
        AxisTaps taps = new(list[..(int)_kernel], list.Slice((int)_kernel, (int)_kernel));
        list = list[(2 * (int)_kernel)..];
        int count = 0;
        for (long r = _kernel - 1; r >= 0; r--)
        {
            if (!Reaches(phase, r))
                continue;
            taps.Pixels[count] = PixelOf(first, r) + before;
            taps.Positions[count++] = r;
        }
        return new() { First = (nint)first, Stride = (nint)_stride, Count = (nint)CountFrom(first), Taps = taps.First(count) };
    }

    private bool Reaches(long phase, long r) => (phase - r * _dilation) % _stride == 0;

    /// <summary>The first pixel of dx of a phase.</summary>
    private long FirstOf(long phase) => ((phase - _padding) % _stride + _stride) % _stride;

    private long CountFrom(long first) => first >= _size ? 0 : (_size - first + _stride - 1) / _stride;

    /// <summary>The pixel of dy from which an element of the window reaches a pixel of dx.</summary>
    private long PixelOf(long pixel, long r) => (pixel + _padding - r * _dilation) / _stride;
}

/// <summary>The pixels of one phase along an axis.</summary>
internal readonly ref struct Phase
{
    /// <summary>The first of them, in dx.</summary>
    public nint First { get; init; }

    /// <summary>From one to the next.</summary>
    public nint Stride { get; init; }

    public nint Count { get; init; }

    public AxisTaps Taps { get; init; }
}
