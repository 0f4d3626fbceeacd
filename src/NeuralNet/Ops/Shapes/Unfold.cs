namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Takes windows along an axis, without copying; they may overlap.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="size">The size of a window.</param>
    /// <param name="step">The distance between the starts of windows.</param>
    /// <returns>A view with the number of windows on the axis, and the elements of a window along a new last axis.</returns>
    /// <remarks>The gradient of an element is the sum over the windows that it is in.</remarks>
    /// <exception cref="ShapeException">The axis is out of range, or shorter than a window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative, or the step not positive.</exception>
    public Tensor Unfold(int axis, long size, long step)
    {
        axis = Axes.Normalize(axis, Rank, nameof(Unfold));
        if (size < 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, $"Unfold: windows of size {size}. Give a size of at least 0.");
        if (step <= 0)
            throw new ArgumentOutOfRangeException(nameof(step), step, $"Unfold: the step {step}. Give a step of at least 1.");
        if (size > Shape.Span[axis])
            throw new ShapeException($"Unfold: windows of size {size} on axis {axis} of {Shape}. Give a size up to {Shape.Span[axis]}.");
        return Op.Apply(new UnfoldOp(axis, size, step), this);
    }
}

internal sealed class UnfoldOp(int axis, long size, long step) : ViewOp
{
    protected override Layout View(Layout x)
    {
        long[] sizes = [.. x.Sizes, size];
        long[] strides = [.. x.Strides, x.Strides[axis]];
        sizes[axis] = (x.Sizes[axis] - size) / step + 1;
        strides[axis] = step * x.Strides[axis];
        return new(Shape.OfChecked(sizes), strides, x.Offset);
    }

    protected override Tensor Backward(Tensor dy, Shape shape)
    {
        // Window by window, the elements in a row along the axis, added where they came from.
        long windows = dy.Shape.Span[axis];
        Tensor updates = dy.MoveAxis(-1, axis + 1);
        updates = updates.Reshape(shape.With(axis, windows * size));
        Tensor starts = Tensor.Arange(windows, device: dy.Device) * step;
        Tensor positions = starts.Unsqueeze(1) + Tensor.Arange(size, device: dy.Device);
        long[] along = new long[shape.Rank];
        along.AsSpan().Fill(1);
        along[axis] = windows * size;
        Tensor index = positions.Reshape(Shape.OfChecked(along)).Expand(updates.Shape);
        return Op.Apply(new ScatterAddOp(axis), Tensor.Zeros(shape, dy.DType, dy.Device), index, updates);
    }
}
