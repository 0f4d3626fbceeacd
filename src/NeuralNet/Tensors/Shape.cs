using System.Collections;
using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>The sizes of a tensor's axes. The default value is the shape of a scalar, <c>[]</c>.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IReadOnlyList<long>
{
    /// <summary>The largest number of axes a tensor may have.</summary>
    public const int MaxRank = 8;

    /// <summary>The largest number of elements: below it, a length in bytes overflows in no dtype.</summary>
    private const long MaxLength = 1L << 59;

    /// <summary>Creates a shape from the sizes of its axes.</summary>
    /// <exception cref="ShapeException">A size is negative, there are more than <see cref="MaxRank"/>, or their product is above
    /// 2^59.</exception>
    public Shape(params ReadOnlySpan<long> sizes)
    {
        Sizes = sizes.ToArray();
        if (sizes.Length > MaxRank)
            throw new ShapeException($"Shape: {sizes.Length} axes, of which at most {MaxRank} are possible. Merge axes with Reshape.");
        // The product of the axes that are not empty is bounded too, so that strides never overflow.
        long bound = 1;
        foreach (long size in sizes)
        {
            if (size < 0)
                throw new ShapeException($"Shape: an axis of size {size} in {this}. Sizes are zero or positive.");
            if (Math.Max(1, size) > MaxLength / bound)
                throw new ShapeException($"Shape: the sizes {this} multiply to more than 2^59 elements, which no memory holds. Use "
                    + "smaller axes.");
            bound *= Math.Max(1, size);
        }
    }

    /// <summary>Gets the number of axes.</summary>
    public int Rank => Sizes?.Length ?? 0;

    /// <summary>Gets the number of elements, the product of the sizes; 1 for a scalar.</summary>
    public long Length
    {
        get
        {
            long length = 1;
            foreach (long size in Span)
                length *= size;
            return length;
        }
    }

    int IReadOnlyCollection<long>.Count => Rank;

    internal ReadOnlySpan<long> Span => Sizes;

    internal long[] Array => Sizes ?? [];

    private long[]? Sizes { get; init; }

    /// <summary>Gets the size of an axis.</summary>
    /// <param name="axis">The axis; negative axes count from the end.</param>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    public long this[int axis] => Array[Axes.Normalize(axis, Rank, nameof(Shape))];

    /// <summary>Gets the size of an axis, <c>shape[^1]</c> for the last.</summary>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    public long this[Index axis]
    {
        get
        {
            int position = axis.GetOffset(Rank);
            if ((uint)position >= (uint)Rank)
                throw new ShapeException($"Shape: axis {axis} is outside {this}, of {Rank} axes. Stay within them; the last is ^1.");
            return Array[position];
        }
    }

    /// <summary>Creates a shape from its sizes: <c>Shape shape = [2, 3];</c>.</summary>
    public static Shape Create(ReadOnlySpan<long> sizes) => new(sizes);

    /// <summary>Converts an array of sizes.</summary>
    public static implicit operator Shape(long[] sizes) => new(sizes.AsSpan());

    /// <summary>Tells whether two shapes have the same sizes.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Tells whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>Copies the sizes into a new array.</summary>
    public long[] ToArray() => Span.ToArray();

    /// <inheritdoc/>
    public bool Equals(Shape other) => ReferenceEquals(Sizes, other.Sizes) || Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = new();
        foreach (long size in Span)
            hash.Add(size);
        return hash.ToHashCode();
    }

    /// <summary>Formats the shape as <c>[2, 3]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", Array)}]";

    /// <summary>Enumerates the sizes.</summary>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Array).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Wraps sizes that were checked before; the array is not copied.</summary>
    internal static Shape OfChecked(long[] sizes) => default(Shape) with { Sizes = sizes };

    /// <summary>The shape of sizes that were checked before; a thread remembers the last ones, and makes no array for them.</summary>
    internal static Shape Remembered(ReadOnlySpan<long> sizes) => Layout.ContiguousOf(sizes).Shape;

    /// <summary>The shape with another size of an axis.</summary>
    internal Shape With(int axis, long size)
    {
        long[] sizes = ToArray();
        sizes[axis] = size;
        return new(sizes);
    }

    /// <summary>The shape with some axes at size 1.</summary>
    internal Shape WithOnes(ReadOnlySpan<int> axes)
    {
        Span<long> sizes = stackalloc long[Rank];
        Span.CopyTo(sizes);
        foreach (int axis in axes)
            sizes[axis] = 1;
        return Remembered(sizes);
    }

    /// <summary>The shape without some axes.</summary>
    internal Shape Without(params ReadOnlySpan<int> axes)
    {
        Span<long> sizes = stackalloc long[Rank - axes.Length];
        for (int axis = 0, i = 0; axis < Rank; axis++)
        {
            if (!axes.Contains(axis))
                sizes[i++] = Span[axis];
        }
        return Remembered(sizes);
    }

    /// <summary>The shape with some neighbouring axes made one.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="last">The last of them.</param>
    internal Shape Merged(int first, int last)
    {
        Span<long> sizes = stackalloc long[Rank - (last - first)];
        Span[..first].CopyTo(sizes);
        sizes[first] = 1;
        foreach (long size in Span[first..(last + 1)])
            sizes[first] *= size;
        Span[(last + 1)..].CopyTo(sizes[(first + 1)..]);
        return Remembered(sizes);
    }

    /// <summary>The shape that both broadcast to by NumPy's rules, or null if they do not fit.</summary>
    internal static Shape? TryBroadcast(Shape a, Shape b)
    {
        if (a.Equals(b))
            return a;
        int rank = Math.Max(a.Rank, b.Rank);
        Span<long> sizes = stackalloc long[rank];
        for (int i = 1; i <= rank; i++)
        {
            long sizeA = i <= a.Rank ? a.Span[^i] : 1;
            long sizeB = i <= b.Rank ? b.Span[^i] : 1;
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1)
                return null;
            sizes[^i] = sizeA == 1 ? sizeB : sizeA;
        }
        return sizes.SequenceEqual(a.Span) ? a : sizes.SequenceEqual(b.Span) ? b : new Shape(sizes);
    }
}
