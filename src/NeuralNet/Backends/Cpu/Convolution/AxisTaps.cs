namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>The elements of a window along one spatial axis: where they lie in the images and in the weights, nearest pixel first.</summary>
internal readonly ref struct AxisTaps(Span<long> pixels, Span<long> positions)
{
    /// <summary>From the first pixel that a position of the job reads, in pixels.</summary>
    public Span<long> Pixels { get; } = pixels;

    /// <summary>The positions in the weights.</summary>
    public Span<long> Positions { get; } = positions;

    public int Count => Pixels.Length;

    /// <summary>Whether the pixels are neighbours.</summary>
    public bool AreNeighbours
    {
        get
        {
            for (int i = 1; i < Pixels.Length; i++)
            {
                if (Pixels[i] != Pixels[i - 1] + 1)
                    return false;
            }
            return true;
        }
    }

    /// <summary>All elements of a window, in memory from a list.</summary>
    public static AxisTaps Take(ref Span<long> list, nint count, nint dilation)
    {
        AxisTaps taps = new(list[..(int)count], list.Slice((int)count, (int)count));
        list = list[(2 * (int)count)..];
        for (int i = 0; i < count; i++)
        {
            taps.Pixels[i] = i * dilation;
            taps.Positions[i] = i;
        }
        return taps;
    }

    public AxisTaps First(int count) => new(Pixels[..count], Positions[..count]);
}
