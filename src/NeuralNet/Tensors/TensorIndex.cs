namespace NeuralNet;

/// <summary>
/// One entry of an index such as <c>x[1..3, ^1]</c>: a <see cref="System.Range"/> keeps an axis, a number or <see cref="System.Index"/>
/// picks a position and drops it, a <see cref="Tensor"/> picks many.
/// </summary>
public readonly struct TensorIndex
{
    private readonly Kind _kind;
    private readonly Range _range;
    private readonly long _position;

    // One less than the step, so that the default value is valid: the empty range 0..0.
    private readonly long _skipped;

    private TensorIndex(Kind kind, Range range = default, long position = 0, long step = 1, Tensor? tensor = null)
    {
        _kind = kind;
        Tensor = tensor;
        _range = range;
        _position = position;
        _skipped = step - 1;
    }

    private enum Kind
    {
        Range,
        Position,
        PositionFromEnd,
        NewAxis,
        Ellipsis,
        Tensor,
    }

    /// <summary>Gets the entry that adds an axis of size 1.</summary>
    public static TensorIndex NewAxis { get; } = new(Kind.NewAxis);

    /// <summary>Gets the entry that stands for as many whole axes as are needed.</summary>
    public static TensorIndex Ellipsis { get; } = new(Kind.Ellipsis);

    internal bool IsNewAxis => _kind == Kind.NewAxis;

    internal bool IsEllipsis => _kind == Kind.Ellipsis;

    /// <summary>The positions or the mask; null for other entries.</summary>
    internal Tensor? Tensor { get; }

    internal bool DropsAxis => _kind is Kind.Position or Kind.PositionFromEnd;

    /// <summary>Keeps a part of an axis.</summary>
    public static implicit operator TensorIndex(Range range) => new(Kind.Range, range);

    /// <summary>Picks a position, <c>^1</c> for the last.</summary>
    public static implicit operator TensorIndex(Index index) =>
        new(index.IsFromEnd ? Kind.PositionFromEnd : Kind.Position, position: index.Value);

    /// <summary>Picks a position; negative ones count from the end.</summary>
    public static implicit operator TensorIndex(long position) => new(Kind.Position, position: position);

    /// <summary>Picks a position; negative ones count from the end.</summary>
    public static implicit operator TensorIndex(int position) => new(Kind.Position, position: position);

    /// <summary>
    /// Picks positions, given by a tensor of Int64 or Int32 of any shape, or where a mask of Bool over as many axes as it has is true.
    /// </summary>
    public static implicit operator TensorIndex(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new(Kind.Tensor, tensor: tensor);
    }

    /// <summary>Keeps every <paramref name="step"/>-th position of a part of an axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static TensorIndex Every(long step, Range range)
    {
        if (step < 1)
            throw new ArgumentOutOfRangeException(nameof(step), step, $"TensorIndex.Every: the step {step}. Give 1 or more.");
        return new(Kind.Range, range, step: step);
    }

    /// <exception cref="ShapeException">The entry reaches beyond the axis.</exception>
    internal SliceRange Resolve(int axis, Shape shape)
    {
        long size = shape.Span[axis];
        if (DropsAxis)
        {
            bool isFromEnd = _kind == Kind.PositionFromEnd;
            long position = isFromEnd ? size - _position : _position < 0 ? _position + size : _position;
            if (position < 0 || position >= size)
                throw new ShapeException($"index: position {(isFromEnd ? "^" : "")}{_position} is outside axis {axis} of {shape}. "
                    + $"{Allowed(size)}");
            return new(position, 1, 1);
        }
        long start = Resolve(_range.Start, size);
        long end = Resolve(_range.End, size);
        if (start < 0 || end < start || end > size)
            throw new ShapeException($"index: range {_range} is outside axis {axis} of {shape}. Stay within 0..{size}.");
        return new(start, (end - start + _skipped) / (_skipped + 1), _skipped + 1);
    }

    private static string Allowed(long size) =>
        size == 0 ? "The axis is empty: take a range of it." : $"Stay within 0 to {size - 1}; −1 or ^1 is the last.";

    private static long Resolve(Index index, long size) => index.IsFromEnd ? size - index.Value : index.Value;
}
