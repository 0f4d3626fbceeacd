namespace NeuralNet;

/// <summary>
/// How a tensor's elements lie in its storage: element (i₀, i₁, …) is at <c>Offset + Σ iₖ·Strides[k]</c>, counted in elements.
/// Immutable, and shared between tensors of the same shape.
/// </summary>
internal sealed class Layout
{
    /// <summary>The layout of a single element at the start of its storage.</summary>
    public static readonly Layout Scalar = new(default, [], 0);

    private const int RecentCount = 256;

    [ThreadStatic]
    private static Layout?[]? t_recent;

    [ThreadStatic]
    private static Layout?[]? t_recentImages;

    private readonly long[] _strides;
    private Layout? _repeatedScalar;
    private ExpandedLayout? _lastExpanded;
    private Layout? _transposed;

    public Layout(Shape shape, long[] strides, long offset)
    {
        Shape = shape;
        _strides = strides;
        Offset = offset;
        Length = shape.Length;
        IsContiguous = HasRowMajorStrides();
        IsDense = IsContiguous || HasDenseStrides();
    }

    public Shape Shape { get; }

    /// <summary>The sizes of the axes.</summary>
    public ReadOnlySpan<long> Sizes => Shape.Span;

    /// <summary>The distance between neighbours along each axis, in elements; 0 on expanded axes, never negative.</summary>
    public ReadOnlySpan<long> Strides => _strides;

    public long Offset { get; }

    /// <summary>The number of elements.</summary>
    public long Length { get; }

    public int Rank => _strides.Length;

    /// <summary>Whether the elements lie one after the other in logical (row-major) order.</summary>
    public bool IsContiguous { get; }

    /// <summary>Whether the elements fill a block without gaps or repetition, in some order of the axes.</summary>
    public bool IsDense { get; }

    /// <summary>The row-major layout of a shape. The same few shapes come again and again, so each thread remembers up to 256.</summary>
    public static Layout Contiguous(Shape shape)
    {
        Layout?[] recent = t_recent ??= new Layout?[RecentCount];
        int slot = Slot(shape.Span);
        return Recall(recent, slot, shape.Span) ?? Remember(recent, slot, RowMajor(shape));
    }

    /// <summary>The same for sizes that were checked before; they are copied only where the shape is not remembered.</summary>
    public static Layout ContiguousOf(ReadOnlySpan<long> sizes)
    {
        Layout?[] recent = t_recent ??= new Layout?[RecentCount];
        int slot = Slot(sizes);
        return Recall(recent, slot, sizes) ?? Remember(recent, slot, RowMajor(Shape.OfChecked(sizes.ToArray())));
    }

    /// <summary>The dense layout of a shape whose axes lie in memory in the given order, outermost first.</summary>
    public static Layout Dense(Shape shape, ReadOnlySpan<int> memoryOrder)
    {
        long[] strides = new long[shape.Rank];
        long stride = 1;
        for (int i = memoryOrder.Length - 1; i >= 0; i--)
        {
            strides[memoryOrder[i]] = stride;
            stride *= Math.Max(1, shape.Span[memoryOrder[i]]);
        }
        return new(shape, strides, 0);
    }

    /// <summary>The dense layout of images [N, C, …] with the channels of a pixel side by side; remembered as the row-major ones are.</summary>
    public static Layout ChannelsLast(Shape shape)
    {
        Layout?[] recent = t_recentImages ??= new Layout?[RecentCount];
        int slot = Slot(shape.Span);
        return Recall(recent, slot, shape.Span) ?? Remember(recent, slot, WithChannelsLast(shape));
    }

    private static Layout WithChannelsLast(Shape shape)
    {
        int[] order = new int[shape.Rank];
        for (int i = 1; i < order.Length - 1; i++)
            order[i] = i + 1;
        order[^1] = 1;
        return Dense(shape, order);
    }

    /// <summary>
    /// A dense layout for an op's output of this layout's shape: the same order of axes in memory, at offset 0. A contiguous layout serves
    /// itself.
    /// </summary>
    public Layout DenseLike()
    {
        if (Offset == 0 && IsDense)
            return this;
        return IsContiguous ? Contiguous(Shape) : Dense(Shape, MemoryOrder());
    }

    /// <summary>
    /// The axes ordered as in memory, outermost (largest stride) first; equal strides keep their logical order. Axes of size 1 have no say
    /// and come first; a broadcast layout has no order of its own and gives the logical one.
    /// </summary>
    public int[] MemoryOrder()
    {
        int[] order = new int[Rank];
        int count = 0;
        for (int axis = 0; axis < Rank; axis++)
        {
            if (Sizes[axis] == 1)
                order[count++] = axis;
            else if (_strides[axis] == 0)
                return [.. Enumerable.Range(0, Rank)];
        }
        int sortedFrom = count;
        for (int axis = 0; axis < Rank; axis++)
        {
            if (Sizes[axis] == 1)
                continue;
            int j = count++;
            for (; j > sortedFrom && _strides[order[j - 1]] < _strides[axis]; j--)
                order[j] = order[j - 1];
            order[j] = axis;
        }
        return order;
    }

    /// <summary>
    /// Whether another layout places each logical element at the same distance from its offset; axes of size 1 do not count.
    /// </summary>
    public bool SameOrderAs(Layout other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (!Shape.Equals(other.Shape))
            return false;
        if (IsContiguous && other.IsContiguous)
            return true;
        for (int axis = 0; axis < Rank; axis++)
        {
            if (Sizes[axis] != 1 && _strides[axis] != other._strides[axis])
                return false;
        }
        return true;
    }

    /// <summary>The view with its last two axes exchanged; made once.</summary>
    public Layout Transpose()
    {
        if (_transposed is { } transposed)
            return transposed;
        long[] sizes = Sizes.ToArray();
        long[] strides = Strides.ToArray();
        (sizes[^2], sizes[^1]) = (sizes[^1], sizes[^2]);
        (strides[^2], strides[^1]) = (strides[^1], strides[^2]);
        return _transposed = new(Shape.OfChecked(sizes), strides, Offset);
    }

    /// <summary>The view with its axes in another order: axis <c>k</c> of the result is axis <c>order[k]</c> here.</summary>
    public Layout Permute(ReadOnlySpan<int> order)
    {
        long[] sizes = new long[Rank];
        long[] strides = new long[Rank];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            sizes[axis] = Sizes[order[axis]];
            strides[axis] = _strides[order[axis]];
        }
        return new(Shape.OfChecked(sizes), strides, Offset);
    }

    /// <summary>The view broadcast to a shape that this one broadcasts to: new and repeated axes get stride 0.</summary>
    public Layout Expand(Shape shape)
    {
        if (Shape.Equals(shape))
            return this;
        long[] strides = new long[shape.Rank];
        for (int i = 1; i <= Rank; i++)
            strides[^i] = Sizes[^i] == 1 && shape.Span[^i] != 1 ? 0 : _strides[^i];
        return new(shape, strides, Offset);
    }

    /// <summary>The view broadcast to another layout's shape; those of a scalar and of the last other layout are kept with the target.</summary>
    public Layout ExpandTo(Layout target)
    {
        if (ReferenceEquals(Shape.Array, target.Shape.Array))
            return this;
        if (Rank == 0 && Offset == 0)
            return target._repeatedScalar ??= Expand(target.Shape);
        ExpandedLayout? last = Volatile.Read(ref target._lastExpanded);
        if (ReferenceEquals(last?.Source, this))
            return last.Result;
        Layout expanded = Expand(target.Shape);
        if (!ReferenceEquals(expanded, this))
            Volatile.Write(ref target._lastExpanded, new(this, expanded));
        return expanded;
    }

    /// <summary>
    /// The view of <paramref name="length"/> elements along an axis, from <paramref name="start"/>, every <paramref name="step"/>-th.
    /// </summary>
    public Layout Slice(int axis, long start, long length, long step)
    {
        long[] sizes = Shape.ToArray();
        long[] strides = [.. _strides];
        sizes[axis] = length;
        strides[axis] = _strides[axis] * step;
        // An empty view must not point behind its storage.
        long offset = length == 0 ? Offset : Offset + start * _strides[axis];
        return new(Shape.OfChecked(sizes), strides, offset);
    }

    /// <summary>The view without an axis, at one position of it.</summary>
    public Layout Select(int axis, long index)
    {
        long[] sizes = new long[Rank - 1];
        long[] strides = new long[Rank - 1];
        for (int i = 0, j = 0; i < Rank; i++)
        {
            if (i == axis)
                continue;
            sizes[j] = Sizes[i];
            strides[j++] = _strides[i];
        }
        return new(Shape.OfChecked(sizes), strides, Offset + index * _strides[axis]);
    }

    /// <summary>The view with a new axis of size 1.</summary>
    public Layout Insert(int axis)
    {
        Span<long> sizes = stackalloc long[Rank + 1];
        Sizes[..axis].CopyTo(sizes);
        sizes[axis] = 1;
        Sizes[axis..].CopyTo(sizes[(axis + 1)..]);
        Layout contiguous = ContiguousOf(sizes);
        return IsContiguous && Offset == 0 ? contiguous : new(contiguous.Shape, [.. Strides[..axis], 1, .. Strides[axis..]], Offset);
    }

    /// <summary>The view in another shape of as many elements, or null where the strides do not allow it and a copy is needed.</summary>
    public Layout? TryReshape(Shape shape)
    {
        if (Shape.Equals(shape))
            return this;
        if (IsContiguous || Length == 0)
        {
            Layout contiguous = Contiguous(shape);
            return Offset == 0 ? contiguous : new(shape, contiguous._strides, Offset);
        }
        // Runs of old axes that lie behind each other without a gap are matched with runs of new axes of the same product.
        long[] strides = new long[shape.Rank];
        int next = 0;
        int old = 0;
        while (old < Rank)
        {
            if (Sizes[old] == 1)
            {
                old++;
                continue;
            }
            int runEnd = old;
            long oldProduct = Sizes[old];
            long newProduct = 1;
            int first = next;
            while (next < shape.Rank && newProduct < oldProduct)
                newProduct *= shape.Span[next++];
            while (newProduct != oldProduct)
            {
                if (newProduct < oldProduct)
                {
                    newProduct *= shape.Span[next++];
                    continue;
                }
                int following = runEnd + 1;
                while (Sizes[following] == 1)
                    following++;
                if (_strides[runEnd] != Sizes[following] * _strides[following])
                    return null;
                runEnd = following;
                oldProduct *= Sizes[following];
            }
            long stride = _strides[runEnd];
            for (int i = next - 1; i >= first; i--)
            {
                strides[i] = stride;
                stride *= shape.Span[i];
            }
            old = runEnd + 1;
        }
        for (; next < shape.Rank; next++)
            strides[next] = 1;
        return new(shape, strides, Offset);
    }

    public override string ToString() => $"{Shape} strides [{string.Join(", ", _strides)}] offset {Offset}";

    /// <summary>The layout of these sizes, if it is in one of the two places where it may be.</summary>
    private static Layout? Recall(Layout?[] recent, int slot, ReadOnlySpan<long> sizes)
    {
        if (recent[slot] is { } first && first.Sizes.SequenceEqual(sizes))
            return first;
        return recent[slot + 1] is { } second && second.Sizes.SequenceEqual(sizes) ? second : null;
    }

    /// <summary>Puts a layout in the first of two places; what was there goes to the second.</summary>
    private static Layout Remember(Layout?[] recent, int slot, Layout layout)
    {
        recent[slot + 1] = recent[slot];
        return recent[slot] = layout;
    }

    /// <summary>The first of the two places for a layout of these sizes.</summary>
    private static int Slot(ReadOnlySpan<long> sizes)
    {
        uint hash = (uint)sizes.Length * 0x85EBCA6B;
        foreach (long size in sizes)
            hash = (hash ^ (uint)size) * 0x9E3779B1;
        return 2 * ((int)(hash >> 16) % (RecentCount / 2));
    }

    private static Layout RowMajor(Shape shape)
    {
        long[] strides = new long[shape.Rank];
        long stride = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(1, shape.Span[axis]);
        }
        return new(shape, strides, 0);
    }

    private bool HasRowMajorStrides()
    {
        long expected = 1;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            long size = Sizes[axis];
            if (size == 0)
                return true;
            if (size != 1 && _strides[axis] != expected)
                return false;
            expected *= size;
        }
        return true;
    }

    private bool HasDenseStrides()
    {
        for (int axis = 0; axis < Rank; axis++)
        {
            if (_strides[axis] == 0 && Sizes[axis] != 1)
                return false;
        }
        long expected = 1;
        int[] order = MemoryOrder();
        for (int i = order.Length - 1; i >= 0; i--)
        {
            long size = Sizes[order[i]];
            if (size == 1)
                continue;
            if (_strides[order[i]] != expected)
                return false;
            expected *= size;
        }
        return true;
    }

    /// <summary>A layout as it is when broadcast.</summary>
    private sealed class ExpandedLayout(Layout source, Layout result)
    {
        public Layout Source => source;

        public Layout Result => result;
    }
}
