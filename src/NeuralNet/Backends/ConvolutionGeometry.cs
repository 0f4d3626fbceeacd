namespace NeuralNet.Backends;

/// <summary>How the windows of a convolution lie on its input: for each spatial axis, in its order.</summary>
internal sealed class ConvolutionGeometry
{
    private const int RecentCount = 16;

    /// <summary>The last ones that were made: in training the same are asked for again and again.</summary>
    [ThreadStatic]
    private static ConvolutionGeometry?[]? t_recent;

    /// <summary>Stride, padding, padding behind and dilation, behind each other.</summary>
    private readonly long[] _values;

    private ConvolutionGeometry(long[] values, long groups)
    {
        _values = values;
        Rank = values.Length / 4;
        Groups = groups;
    }

    public int Rank { get; }

    /// <summary>The distance between the starts of neighbouring windows.</summary>
    public ReadOnlySpan<long> Stride => _values.AsSpan(0, Rank);

    /// <summary>How many zeros stand before the input.</summary>
    public ReadOnlySpan<long> Padding => _values.AsSpan(Rank, Rank);

    /// <summary>How many stand behind it.</summary>
    public ReadOnlySpan<long> PaddingBehind => _values.AsSpan(2 * Rank, Rank);

    /// <summary>The distance between neighbouring elements of a window.</summary>
    public ReadOnlySpan<long> Dilation => _values.AsSpan(3 * Rank, Rank);

    /// <summary>Into how many groups, which do not see each other, the channels are divided.</summary>
    public long Groups { get; }

    /// <summary>The geometry of these numbers, one of each for each spatial axis.</summary>
    public static ConvolutionGeometry Of(
        ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> paddingBehind, ReadOnlySpan<long> dilation, long groups)
    {
        int rank = stride.Length;
        Span<long> values = stackalloc long[4 * rank];
        stride.CopyTo(values);
        padding.CopyTo(values[rank..]);
        paddingBehind.CopyTo(values[(2 * rank)..]);
        dilation.CopyTo(values[(3 * rank)..]);
        uint hash = (uint)groups;
        foreach (long value in values)
            hash = (hash ^ (uint)value) * 0x9E3779B1;
        ref ConvolutionGeometry? recent = ref (t_recent ??= new ConvolutionGeometry?[RecentCount])[(int)(hash >> 16) % RecentCount];
        if (recent is null || recent.Groups != groups || !values.SequenceEqual(recent._values))
            recent = new(values.ToArray(), groups);
        return recent;
    }

    /// <summary>From the first element of a window to behind its last.</summary>
    public long Extent(int axis, long kernel) => (kernel - 1) * Dilation[axis] + 1;

    /// <summary>How many windows there are; zero or negative where the input is smaller than one.</summary>
    public long OutputSize(int axis, long input, long kernel)
    {
        long room = input + Padding[axis] + PaddingBehind[axis] - Extent(axis, kernel);
        return room < 0 ? 0 : room / Stride[axis] + 1;
    }
}
