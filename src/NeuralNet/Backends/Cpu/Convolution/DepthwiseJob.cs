namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// Sums over windows channel by channel, for a grid of windows: y[position] = Σ x[position·step − before + tap]·weights[tap], where what lies outside x
/// counts as 0. It lives on the caller's stack while workers read it.
/// </summary>
internal unsafe struct DepthwiseJob<T>
    where T : unmanaged
{
    public T* X;

    /// <summary>The results; or for a weight gradient, dy.</summary>
    public T* Y;

    /// <summary>A row of channels for each element of a window; for a weight gradient such rows for each part.</summary>
    public T* Weights;

    public T* Bias;

    /// <summary>The number of windows along each axis.</summary>
    public Extent Sizes;

    /// <summary>The sizes of x.</summary>
    public Extent Inside;

    /// <summary>From a pixel of x to the next, in elements.</summary>
    public Extent XStrides;

    public Extent YStrides;

    /// <summary>From a window to the next, in pixels of x.</summary>
    public Extent Step;

    /// <summary>The pixels of the first window before x.</summary>
    public Extent Before;

    /// <summary>The elements of a window along each axis.</summary>
    public Extent Counts;

    /// <summary>For each axis its elements' pixels, from the first pixel of the window, one axis behind the other.</summary>
    public long* Pixels;

    public nint Channels;
    public bool Relu;
    public nint LinesPerChunk;

    public readonly nint Taps => Counts[1] * Counts[2] * Counts[3];

    public readonly nint Lines => Sizes[0] * Sizes[1] * Sizes[2];

    public readonly double Flops => 2.0 * Sizes.Product * Channels * Taps;

    /// <summary>The pixels of the elements along the lines of x.</summary>
    public readonly long* LinePixels => Pixels + Counts[1] + Counts[2];

    /// <summary>From a window to the next along a line, in elements of x.</summary>
    public readonly nint LineStep => Step[3] * XStrides[3];

    /// <summary>Whether a window has three neighbours of each line, and the next window starts at the second.</summary>
    public readonly bool IsTriple => Counts[3] == 3 && Step[3] == 1 && LinePixels[1] == LinePixels[0] + 1 && LinePixels[2] == LinePixels[0] + 2;

    /// <summary>Where the results of a line lie, and the lines of x that its windows reach; their first pixels may lie outside.</summary>
    /// <returns>The number of lines.</returns>
    public readonly nint Locate(nint line, DepthwiseLine<T>* lines, out T* y)
    {
        (nint image, nint inImage) = Math.DivRem(line, Sizes[1] * Sizes[2]);
        (nint plane, nint row) = Math.DivRem(inImage, Sizes[2]);
        y = Y + image * YStrides[0] + plane * YStrides[1] + row * YStrides[2];
        nint count = 0;
        for (nint d = 0; d < Counts[1]; d++)
        {
            nint depth = plane * Step[1] - Before[1] + (nint)Pixels[d];
            if ((nuint)depth >= (nuint)Inside[1])
                continue;
            for (nint h = 0; h < Counts[2]; h++)
            {
                nint height = row * Step[2] - Before[2] + (nint)Pixels[Counts[1] + h];
                if ((nuint)height >= (nuint)Inside[2])
                    continue;
                lines[count].X = X + image * XStrides[0] + depth * XStrides[1] + height * XStrides[2] - Before[3] * XStrides[3];
                lines[count++].Tap = (d * Counts[2] + h) * Counts[3];
            }
        }
        return count;
    }

    /// <summary>The windows of a line that lie inside x: the first, and that behind the last.</summary>
    public readonly (nint First, nint End) Whole()
    {
        if (Counts[3] == 0)
            return (0, Sizes[3]);
        nint lowest = (nint)LinePixels[0], highest = (nint)LinePixels[0];
        for (nint i = 1; i < Counts[3]; i++)
        {
            lowest = Math.Min(lowest, (nint)LinePixels[i]);
            highest = Math.Max(highest, (nint)LinePixels[i]);
        }
        nint missing = Math.Max(0, Before[3] - lowest);
        nint room = Inside[3] - 1 + Before[3] - highest;
        nint first = Math.Min((missing + Step[3] - 1) / Step[3], Sizes[3]);
        nint end = room < 0 ? 0 : Math.Min(room / Step[3] + 1, Sizes[3]);
        return (first, Math.Max(first, end));
    }

    /// <summary>Whether an element of a window along a line lies inside x.</summary>
    public readonly bool IsInside(nint window, nint tap) => (nuint)(window * Step[3] - Before[3] + (nint)LinePixels[tap]) < (nuint)Inside[3];
}

/// <summary>A line of x that windows reach.</summary>
internal unsafe struct DepthwiseLine<T>
    where T : unmanaged
{
    /// <summary>Where the first window starts, be it outside x.</summary>
    public T* X;

    /// <summary>The number of its first element within the window.</summary>
    public nint Tap;
}
