namespace NeuralNet;

/// <summary>How many zeros stand around the input of a convolution: numbers, as in <see cref="AxisSizes"/>, or a rule.</summary>
public readonly struct ConvolutionPadding
{
    private readonly AxisSizes _sizes;

    private ConvolutionPadding(AxisSizes sizes, bool isSame)
    {
        _sizes = sizes;
        IsSame = isSame;
    }

    /// <summary>As many as make the output as large as the input, where the stride is 1; of an odd number the last one stands behind.</summary>
    public static ConvolutionPadding Same { get; } = new(default, isSame: true);

    /// <summary>None.</summary>
    public static ConvolutionPadding Valid { get; } = new(default, isSame: false);

    /// <summary>Gets whether this is <see cref="Same"/>.</summary>
    internal bool IsSame { get; }

    /// <summary>Gets whether there is none.</summary>
    internal bool IsNone => !IsSame && (_sizes.IsEmpty || _sizes.Values.IndexOfAnyExcept(0) < 0);

    /// <summary>One number for all sides of all axes.</summary>
    public static implicit operator ConvolutionPadding(long size) => new(size, isSame: false);

    /// <summary>A number for both sides of each axis.</summary>
    public static implicit operator ConvolutionPadding(AxisSizes sizes) => new(sizes, isSame: false);

    /// <summary>Above and below, left and right.</summary>
    public static implicit operator ConvolutionPadding((long Height, long Width) sizes) => new(sizes, isSame: false);

    /// <summary>In front and behind, above and below, left and right.</summary>
    public static implicit operator ConvolutionPadding((long Depth, long Height, long Width) sizes) => new(sizes, isSame: false);

    /// <inheritdoc/>
    public override string ToString() => IsSame ? "same" : _sizes.IsEmpty ? "valid" : _sizes.ToString();

    /// <summary>The widths as <see cref="Tensor.Pad(ReadOnlySpan{long}, PaddingMode)"/> takes them, for windows with stride 1 if same.</summary>
    internal long[] Widths(ReadOnlySpan<long> kernel, AxisSizes dilation)
    {
        int rank = kernel.Length;
        Span<long> ones = stackalloc long[rank];
        Span<long> before = stackalloc long[rank];
        Span<long> behind = stackalloc long[rank];
        ones.Fill(1);
        Expand("", kernel, ones, dilation.Expand("", "", rank, missing: 1, least: 1), before, behind);
        long[] widths = new long[2 * rank];
        for (int axis = 0; axis < rank; axis++)
        {
            widths[2 * (rank - 1 - axis)] = before[axis];
            widths[2 * (rank - 1 - axis) + 1] = behind[axis];
        }
        return widths;
    }

    /// <summary>Gives the widths before and behind each axis.</summary>
    internal void Expand(
        string name, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> dilation, Span<long> before, Span<long> behind)
    {
        if (!IsSame)
        {
            _sizes.Expand(name, "padding", before, missing: 0, least: 0);
            before.CopyTo(behind);
            return;
        }
        for (int axis = 0; axis < before.Length; axis++)
        {
            if (stride[axis] != 1)
                throw new ArgumentException($"{name}: padding is same and stride is {stride[axis]}: the output cannot be as large as the "
                    + "input. Give the padding as numbers.", nameof(stride));
            long width = dilation[axis] * (kernel[axis] - 1);
            before[axis] = width / 2;
            behind[axis] = width - before[axis];
        }
    }
}
