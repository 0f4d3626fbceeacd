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

    /// <exception cref="ArgumentOutOfRangeException">A position is outside [0, limit).</exception>
    public static void RequireInRange(string name, Tensor index, long limit)
    {
        if (index.Device.IsMeta)
            return;
        Storage held = index.Acquire();
        try
        {
            long position = index.Device.Backend.FindOutOfRange(index.View<long>(), limit);
            if (position < 0)
                return;
            long value = index.Detach().Reshape(index.Length).Slice(0, position, 1).Item<long>();
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

    /// <summary>Checks positions of which some, known by their value, are no positions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another position is outside [0, limit).</exception>
    public static void RequireInRange(string name, Tensor index, long limit, long ignored)
    {
        if (index.Device.IsMeta || AreInRange(index, limit))
            return;
        RequireInRange(name, Tensor.Where(index.Equal(ignored), 0, index), limit);
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
