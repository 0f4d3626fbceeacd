namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Repeats axes of size 1, and adds axes in front, without copying: what broadcasting does by itself.</summary>
    /// <param name="shape">A shape that this tensor's broadcasts to.</param>
    /// <returns>A view, whose repeated elements are one in memory.</returns>
    /// <remarks>The gradient is summed over the repetitions.</remarks>
    /// <exception cref="ShapeException">The shape does not broadcast to the other.</exception>
    public Tensor Expand(Shape shape)
    {
        if (Shape == shape)
            return Unchanged();
        if (Shape.TryBroadcast(Shape, shape) != shape)
            throw new ShapeException($"Expand: a tensor of {Shape} does not expand to {shape}. Aligned at the last axis, its sizes "
                + "must be equal or 1.");
        return Op.Apply(new ExpandOp(shape), this);
    }
}

internal sealed class ExpandOp(Shape target) : ViewOp
{
    protected override Layout View(Layout x) => x.ExpandTo(Layout.Contiguous(target));

    protected override Tensor Backward(Tensor dy, Shape shape) => dy;
}
