using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Puts elements around the tensor, or with negative widths cuts some off.</summary>
    /// <param name="widths">How many before and behind, in pairs from the last axis on: <c>[left, right, top, bottom, …]</c>.</param>
    /// <param name="value">The elements.</param>
    /// <returns>A tensor with the last axes larger by their widths.</returns>
    /// <remarks>The gradient is cut out of that of the result.</remarks>
    /// <exception cref="ShapeException">There is an odd number of widths or more than two for each axis, or more is cut off than is
    /// there.</exception>
    public Tensor Pad(ReadOnlySpan<long> widths, Scalar value = default)
    {
        (SliceRange[] source, SliceRange[] target, Shape shape) = PadOp.Plan(Shape, widths);
        Tensor part = Op.Apply(new SliceOp(source), this);
        return shape == part.Shape ? part.Clone() : Op.Apply(new PadOp(target, shape), part, OfScalar(value, this));
    }

    /// <summary>Puts elements around the tensor that continue it.</summary>
    /// <param name="widths">How many before and behind, in pairs from the last axis on: <c>[left, right, top, bottom, …]</c>.</param>
    /// <param name="mode">What the elements are.</param>
    /// <returns>A tensor with the last axes larger by their widths.</returns>
    /// <remarks>The gradient of an element that is repeated is the sum over its copies.</remarks>
    /// <exception cref="ShapeException">There is an odd number of widths or more than two for each axis, or an axis is too short for
    /// them.</exception>
    public Tensor Pad(ReadOnlySpan<long> widths, PaddingMode mode)
    {
        if (mode == PaddingMode.Constant)
            return Pad(widths);
        PadOp.Plan(Shape, widths);
        Tensor y = Unchanged();
        for (int i = 0; i < widths.Length; i += 2)
        {
            int axis = Rank - 1 - i / 2;
            if (widths[i] == 0 && widths[i + 1] == 0)
                continue;
            long[] positions = PadOp.Positions(Shape, axis, widths[i], widths[i + 1], mode);
            y = y.IndexSelect(axis, From(positions, new Shape(positions.Length), Device));
        }
        return ReferenceEquals(y.Storage, Storage) ? y.Clone() : y;
    }
}

/// <summary>Puts a tensor into a shape filled with a scalar, the second input.</summary>
internal sealed class PadOp(SliceRange[] ranges, Shape shape) : Op
{
    protected override Saves Saves => Saves.None;

    /// <summary>What is kept of an input, where it goes, and how large the result is.</summary>
    /// <exception cref="ShapeException">The widths do not fit.</exception>
    public static (SliceRange[] Source, SliceRange[] Target, Shape Shape) Plan(Shape x, ReadOnlySpan<long> widths)
    {
        if (widths.Length % 2 != 0 || widths.Length > 2 * x.Rank)
            throw new ShapeException($"Pad: {widths.Length} widths for a tensor of {x}. Give two for each axis, from the last on, "
                + $"{2 * x.Rank} at most.");
        SliceRange[] source = new SliceRange[x.Rank];
        SliceRange[] target = new SliceRange[x.Rank];
        long[] sizes = x.ToArray();
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            int pair = 2 * (x.Rank - 1 - axis);
            (long before, long behind) = pair < widths.Length ? (widths[pair], widths[pair + 1]) : (0, 0);
            long start = Math.Max(0, -before);
            long kept = sizes[axis] - start - Math.Max(0, -behind);
            if (kept < 0 || sizes[axis] + before + behind < 0)
                throw new ShapeException($"Pad: widths {before} and {behind} on axis {axis} of {x} leave less than nothing. Cut off "
                    + $"{sizes[axis]} elements at most.");
            source[axis] = new(start, kept, 1);
            target[axis] = new(Math.Max(0, before), kept, 1);
            sizes[axis] += before + behind;
        }
        return (source, target, new(sizes.AsSpan()));
    }

    /// <summary>For each position of the padded axis the one that its element comes from.</summary>
    /// <exception cref="ShapeException">The axis is too short.</exception>
    public static long[] Positions(Shape x, int axis, long before, long behind, PaddingMode mode)
    {
        long size = x.Span[axis];
        long most = mode switch
        {
            PaddingMode.Reflect => size - 1,
            PaddingMode.Circular => size,
            _ => size == 0 ? 0 : long.MaxValue,
        };
        if (before > most || behind > most || before < 0 || behind < 0)
            throw new ShapeException($"Pad: widths {before} and {behind} on axis {axis} of {x}. With {mode} give 0 to {Math.Max(0, most)}.");
        long[] positions = new long[size + before + behind];
        for (long i = 0; i < positions.Length; i++)
        {
            long position = i - before;
            positions[i] = mode switch
            {
                PaddingMode.Reflect => position < 0 ? -position : position >= size ? 2 * (size - 1) - position : position,
                PaddingMode.Circular => (position + size) % size,
                _ => Math.Clamp(position, 0, size - 1),
            };
        }
        return positions;
    }

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) => new(Layout.Contiguous(shape), inputs[0].DType);

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        DataMovement.Copy(backend, inputs[1], inputs[1].Layout.Expand(shape), output, output.Layout);
        DataMovement.Copy(backend, inputs[0], inputs[0].Layout, output, SliceRange.Of(output.Layout, ranges));
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) => gradients[0] = Op.Apply(new SliceOp(ranges), dy);
}
