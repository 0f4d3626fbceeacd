namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// A convolution of images of one channel into few: the pixels of a line fill the vectors instead of the channels. It lives on the caller's stack while
/// workers read it.
/// </summary>
internal unsafe struct SingleChannelJob<T>
    where T : unmanaged
{
    private const nint PixelsPerChunk = 1 << 12;
    private const int MostParts = 16;

    /// <summary>The images, with zeros around them.</summary>
    public T* X;

    /// <summary>The results; or for a weight gradient, dy.</summary>
    public T* Y;

    /// <summary>[channels, elements of the window].</summary>
    public T* Weights;

    /// <summary>What is added for each channel, or null.</summary>
    public T* Bias;

    /// <summary>For a weight gradient, for each part [elements of the window, channels] vectors.</summary>
    public T* Sums;

    /// <summary>The sizes of y.</summary>
    public Extent Sizes;

    public Extent XStrides;
    public Extent YStrides;
    public Extent Step;

    /// <summary>For each element of the window its distance from the first, in elements of x.</summary>
    public long* Offsets;

    /// <summary>For each row of the window two numbers, as in <see cref="Gemm.Tile{T}.Segments"/>.</summary>
    public nint* Segments;

    /// <summary>The elements of the window, and of a row of it.</summary>
    public nint Taps;

    public nint RowTaps;

    /// <summary>From an element of a row to the next, in elements of x.</summary>
    public nint Dilation;

    /// <summary>The channels of y.</summary>
    public nint Channels;

    public bool Relu;

    /// <summary>Whether the pixels of dy lie behind each other.</summary>
    public bool IsDense;

    public nint LinesPerChunk;

    public readonly nint Lines => Sizes[0] * Sizes[1] * Sizes[2];

    /// <summary>Cuts the lines into chunks, by sizes alone.</summary>
    /// <param name="isSummed">Whether each chunk has sums of its own.</param>
    /// <returns>The number of chunks.</returns>
    public int Plan(bool isSummed)
    {
        LinesPerChunk = isSummed ? (Lines + MostParts - 1) / MostParts : Math.Max(1, PixelsPerChunk / Sizes[3]);
        return checked((int)((Lines + LinesPerChunk - 1) / LinesPerChunk));
    }

    /// <summary>Where the windows of a line start, and its results.</summary>
    public readonly void Locate(nint line, out T* x, out T* y)
    {
        (nint image, nint inImage) = Math.DivRem(line, Sizes[1] * Sizes[2]);
        (nint plane, nint row) = Math.DivRem(inImage, Sizes[2]);
        x = X + image * XStrides[0] + plane * Step[1] * XStrides[1] + row * Step[2] * XStrides[2];
        y = Y + image * YStrides[0] + plane * YStrides[1] + row * YStrides[2];
    }
}
