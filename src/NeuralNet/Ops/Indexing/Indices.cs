using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>What the operations with index tensors check, and how they see the tensor that is indexed.</summary>
internal static class Indices
{
    /// <exception cref="ShapeException">The index has another number of axes, or is larger on an axis other than the indexed
    /// one.</exception>
    public static void RequireFit(string name, Shape index, Shape x, int axis)
    {
        bool fits = index.Rank == x.Rank;
        for (int i = 0; fits && i < x.Rank; i++)
            fits = i == axis || index.Span[i] <= x.Span[i];
        if (!fits)
            throw new ShapeException($"{name}: an index of {index} for a tensor of {x} on axis {axis}. It needs as many axes, and no "
                + "larger size on the others; use Reshape or Expand.");
    }

    /// <summary>An index as Int64, after all checks that it and its updates fit a tensor.</summary>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis.</exception>
    /// <exception cref="DTypeException">The index is not of integers.</exception>
    public static Tensor ForUpdates(string name, Tensor x, int axis, Tensor index, Tensor updates)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(updates);
        index = Require.Index(name, index);
        RequireFit(name, index.Shape, x.Shape, axis);
        if (updates.Shape != index.Shape)
            throw new ShapeException($"{name}: updates {updates.Shape} for an index of {index.Shape}. Give both one shape.");
        RequireInRange(name, index, x.Shape.Span[axis]);
        return index;
    }

    /// <summary>A vector of positions of slices as Int64, after all checks.</summary>
    /// <exception cref="ShapeException">The index is no vector.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis.</exception>
    /// <exception cref="DTypeException">The index is not of integers.</exception>
    public static Tensor OfSlices(string name, Tensor x, int axis, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(index);
        index = Require.Index(name, index);
        if (index.Rank != 1)
            throw new ShapeException($"{name}: an index of {index.Shape}; a vector is needed. Use Reshape(index.Length), or Gather and "
                + "Scatter for a position of each element.");
        RequireInRange(name, index, x.Shape.Span[axis]);
        return index;
    }

    /// <summary>Positions on the leading axes, one tensor for each axis, as positions on those axes merged into one.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    /// <exception cref="ShapeException">There are more than axes, or they do not broadcast.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside its axis.</exception>
    /// <exception cref="DTypeException">An index is not of integers.</exception>
    public static Tensor OfLeadingAxes(string name, Tensor x, ReadOnlySpan<Tensor> indices)
    {
        if (indices.IsEmpty)
            throw new ArgumentException($"{name}: no indices. Give one for each of the first axes.", nameof(indices));
        if (indices.Length > x.Rank)
            throw new ShapeException($"{name}: {indices.Length} indices for a tensor of {x.Shape}. Give at most {x.Rank}, one an axis.");
        Tensor? merged = null;
        for (int axis = 0; axis < indices.Length; axis++)
        {
            ArgumentNullException.ThrowIfNull(indices[axis], nameof(indices));
            Tensor index = Require.Index(name, indices[axis]);
            RequireInRange(name, index, x.Shape.Span[axis]);
            if (merged is not null)
                Broadcast.CommonShape(name, merged.Shape, index.Shape);
            merged = merged is null ? index : merged * x.Shape.Span[axis] + index;
        }
        return merged!;
    }

    /// <summary>A shape with its first axes merged into one.</summary>
    public static Shape MergedAxes(Shape shape, int count)
    {
        long length = 1;
        foreach (long size in shape.Span[..count])
            length *= size;
        return [length, .. shape.Span[count..]];
    }

    /// <summary>A vector of positions along an axis, repeated on the other axes of a shape.</summary>
    public static Tensor AlongAxis(Tensor positions, int axis, Shape shape) =>
        positions.Reshape(ShapeAlong(positions.Length, axis, shape.Rank)).Expand(shape);

    /// <summary>The shape of a vector that lies along an axis.</summary>
    public static Shape ShapeAlong(long length, int axis, int rank)
    {
        long[] sizes = new long[rank];
        sizes.AsSpan().Fill(1);
        sizes[axis] = length;
        return Shape.OfChecked(sizes);
    }

    /// <exception cref="DeviceException">There are no data, and the size of the result depends on them.</exception>
    public static void RequireData(string name, Tensor x, string instead)
    {
        if (x.Device.IsMeta)
            throw new DeviceException($"{name}: the size of the result depends on the data, and a tensor of {x.Shape} on meta has none. "
                + instead);
    }

    /// <param name="name">Who asks.</param>
    /// <param name="index">The positions.</param>
    /// <param name="limit">What they are below.</param>
    /// <param name="ignored">A number that is no position and may stand for one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside [0, limit).</exception>
    public static void RequireInRange(string name, Tensor index, long limit, long? ignored = null)
    {
        if (index.Device.IsMeta)
            return;
        Storage held = index.Acquire();
        try
        {
            long position = index.Device.Backend.FindOutOfRange(index.View<long>(), limit, ignored);
            if (position < 0)
                return;
            long value = StepRecording.Unrecorded(() => index.Detach().Reshape(index.Length).Slice(0, position, 1).Item<long>());
            throw new ArgumentOutOfRangeException(nameof(index), value, $"{name}: index {value} at position {position} of "
                + $"{index.Shape} is outside [0, {limit}). Check how the indices were made.");
        }
        finally
        {
            held.RemoveOwner();
        }
    }

    /// <summary>Whether all positions are known to lie in [0, limit); false where there are no data or they are not of Int64.</summary>
    public static bool AreInRange(Tensor index, long limit)
    {
        if (index.Device.IsMeta || index.DType != DType.Int64)
            return false;
        Storage held = index.Acquire();
        try
        {
            return index.Device.Backend.FindOutOfRange(index.View<long>(), limit) < 0;
        }
        finally
        {
            held.RemoveOwner();
        }
    }

    /// <summary>The part of a tensor that an index of a shape reaches: the index's size on every axis but the indexed one.</summary>
    public static Layout Narrowed(Layout x, Shape index, int axis)
    {
        for (int i = 0; i < x.Rank; i++)
        {
            if (i != axis && x.Sizes[i] != index.Span[i])
                x = x.Slice(i, 0, index.Span[i], 1);
        }
        return x;
    }
}
