using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Takes a part along an axis, without copying.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="start">The first position.</param>
    /// <param name="length">The number of positions.</param>
    /// <param name="step">The distance between them.</param>
    /// <returns>A view.</returns>
    /// <exception cref="ShapeException">The part reaches beyond the axis.</exception>
    public Tensor Slice(int axis, long start, long length, long step = 1)
    {
        axis = Axes.Normalize(axis, Rank, nameof(Slice));
        SliceRange[] ranges = [.. Shape.Array.Select(size => new SliceRange(0, size, 1))];
        ranges[axis] = new(start, length, step);
        if (start < 0 || length < 0 || step < 1 || !ranges[axis].FitsIn(Shape.Span[axis]))
            throw new ShapeException($"Slice: {length} elements from {start} by {step} on axis {axis} of {Shape}. Stay within [0, "
                + $"{Shape.Span[axis]}), with a positive step.");
        return Op.Apply(new SliceOp(ranges), this);
    }
}

/// <summary>A part of an axis.</summary>
internal readonly record struct SliceRange(long Start, long Length, long Step)
{
    public bool FitsIn(long size) => Length == 0 ? Start <= size : Start < size && (Length - 1) <= (size - 1 - Start) / Step;

    public static Layout Of(Layout x, ReadOnlySpan<SliceRange> ranges)
    {
        for (int axis = 0; axis < ranges.Length; axis++)
        {
            if (ranges[axis] != new SliceRange(0, x.Sizes[axis], 1))
                x = x.Slice(axis, ranges[axis].Start, ranges[axis].Length, ranges[axis].Step);
        }
        return x;
    }
}

internal sealed class SliceOp(SliceRange[] ranges) : ViewOp
{
    protected override Layout View(Layout x) => SliceRange.Of(x, ranges);

    protected override Tensor Backward(Tensor dy, Shape shape) => Op.Apply(new EmbedOp(ranges, shape), dy);
}

/// <summary>Puts a tensor into zeros of a shape: the adjoint of a slice.</summary>
internal sealed class EmbedOp(SliceRange[] ranges, Shape shape) : Op
{
    protected override Saves Saves => Saves.None;

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) => new(Layout.Contiguous(shape), inputs[0].DType);

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        DataMovement.Clear(backend, output);
        DataMovement.Copy(backend, inputs[0], inputs[0].Layout, output, SliceRange.Of(output.Layout, ranges));
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) => gradients[0] = Op.Apply(new SliceOp(ranges), dy);
}
