namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// Where the sums of a job find their operands: the segments of a window in the images, and for each step the place in the weights. A
/// segment has the channels of one pixel, or of all pixels of a row of the window where these are neighbours in memory.
/// </summary>
internal unsafe ref struct WindowTables<T> : IDisposable
    where T : unmanaged
{
    private readonly Scratch<long> _memory;

    /// <summary>Builds the tables.</summary>
    /// <param name="backend">Where the memory comes from.</param>
    /// <param name="depth">The window along each axis.</param>
    /// <param name="height">The same.</param>
    /// <param name="width">The same.</param>
    /// <param name="channels">The channels that are summed over.</param>
    /// <param name="pixels">From a pixel to the next, along each axis, in elements.</param>
    /// <param name="weights">From a position in the weights to the next, along each axis.</param>
    /// <param name="weightChannel">From a channel to the next, in the weights.</param>
    public WindowTables(
        CpuBackend backend,
        AxisTaps depth,
        AxisTaps height,
        AxisTaps width,
        nint channels,
        in Extent pixels,
        in Extent weights,
        long weightChannel)
    {
        bool isMerged = width.AreNeighbours && (pixels[3] == channels || width.Count == 1);
        int taps = depth.Count * height.Count * width.Count;
        Taps = taps;
        SegmentCount = isMerged && width.Count > 0 ? taps / width.Count : taps;
        Steps = isMerged ? width.Count * channels : channels;
        _memory = new(backend, Math.Max(1, 3L * taps + taps * channels));
        Span<long> all = Memory;
        Span<long> segments = Segments;
        Span<long> tapPixels = all.Slice(2 * taps, taps);
        Span<long> steps = all.Slice(3 * taps, checked((int)(taps * channels)));
        int tap = 0;
        for (int d = 0; d < depth.Count; d++)
        {
            for (int h = 0; h < height.Count; h++)
            {
                for (int i = 0; i < width.Count; i++, tap++)
                {
                    tapPixels[tap] = depth.Pixels[d] * pixels[1] + height.Pixels[h] * pixels[2] + width.Pixels[i] * pixels[3];
                    long position = depth.Positions[d] * weights[1] + height.Positions[h] * weights[2] + width.Positions[i] * weights[3];
                    for (int c = 0; c < channels; c++)
                        steps[(int)(tap * channels + c)] = position + c * weightChannel;
                }
            }
        }
        for (int segment = 0; segment < SegmentCount; segment++)
        {
            segments[2 * segment] = tapPixels[isMerged ? segment * width.Count : segment] * sizeof(T);
            segments[2 * segment + 1] = 0;
        }
        StepsStart = 3 * taps;
    }

    /// <summary>The elements of the window.</summary>
    public int Taps { get; }

    public int SegmentCount { get; }

    /// <summary>The steps of a segment.</summary>
    public nint Steps { get; }

    public readonly nint SumLength => SegmentCount * Steps;

    /// <summary>As in <see cref="Gemm.Tile{T}.Segments"/>.</summary>
    public readonly Span<long> Segments => Memory;

    /// <summary>For each step of the sum the place of its weight.</summary>
    public readonly Span<long> StepPositions => Memory[StepsStart..];

    private int StepsStart { get; }

    private readonly Span<long> Memory =>
        _memory.Elements();

    public readonly void Dispose() => _memory.Dispose();
}
