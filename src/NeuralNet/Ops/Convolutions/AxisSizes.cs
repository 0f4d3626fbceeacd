namespace NeuralNet;

/// <summary>
/// A number for each spatial axis of images, such as the size of a window: one number for all axes, <c>3</c>, or one for each, <c>(3, 5)</c>.
/// </summary>
public readonly struct AxisSizes
{
    private readonly long[]? _values;

    /// <summary>Creates the numbers: one for all axes, or one for each.</summary>
    public AxisSizes(params ReadOnlySpan<long> values) => _values = values.ToArray();

    /// <summary>Gets whether nothing was given.</summary>
    internal bool IsEmpty => _values is null or [];

    /// <summary>Gets whether it is 1 for all axes, or nothing was given.</summary>
    internal bool IsOne => Values.IndexOfAnyExcept(1) < 0;

    internal ReadOnlySpan<long> Values => _values;

    /// <summary>One number for all axes.</summary>
    public static implicit operator AxisSizes(long size) => new(size);

    /// <summary>Height and width.</summary>
    public static implicit operator AxisSizes((long Height, long Width) sizes) => new(sizes.Height, sizes.Width);

    /// <summary>Depth, height and width.</summary>
    public static implicit operator AxisSizes((long Depth, long Height, long Width) sizes) => new(sizes.Depth, sizes.Height, sizes.Width);

    /// <inheritdoc/>
    public override string ToString() => _values switch
    {
        null or [] => "default",
        [long size] => $"{size}",
        _ => $"({string.Join(", ", _values)})",
    };

    /// <summary>A number for each axis.</summary>
    /// <param name="name">The name of the operation or layer.</param>
    /// <param name="argument">The name of the argument.</param>
    /// <param name="rank">The number of spatial axes.</param>
    /// <param name="missing">What stands where nothing was given.</param>
    /// <param name="least">The smallest number that is possible.</param>
    /// <exception cref="ArgumentException">There is another number of numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    internal long[] Expand(string name, string argument, int rank, long missing, long least)
    {
        long[] values = new long[rank];
        Expand(name, argument, values, missing, least);
        return values;
    }

    /// <summary>The same into memory of the caller, one number for each axis.</summary>
    internal void Expand(string name, string argument, Span<long> values, long missing, long least)
    {
        if (Values.Length <= 1)
            values.Fill(IsEmpty ? missing : Values[0]);
        else if (Values.Length == values.Length)
            Values.CopyTo(values);
        else
            throw new ArgumentException($"{name}: {argument} is {this}, {Values.Length} numbers for {values.Length} spatial axes. Give 1 or "
                + $"{values.Length}.", argument);
        foreach (long value in values)
        {
            if (value < least)
                throw new ArgumentOutOfRangeException(argument, value, $"{name}: {argument} is {this}. Give {least} or more.");
        }
    }
}
