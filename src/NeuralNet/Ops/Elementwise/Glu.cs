namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the gated linear unit: one half of an axis, gated by the sigmoid of the other half.</summary>
    /// <param name="axis">The axis that is halved; negative ones count from the end.</param>
    /// <returns>A tensor with half the size on the axis.</returns>
    /// <remarks>y = a·σ(b) of the halves a and b. Dauphin and others, "Language modeling with gated convolutional networks", 2016.</remarks>
    /// <exception cref="ShapeException">The axis is out of range, or its size is odd.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Glu(int axis = -1)
    {
        Require.FloatingPoint(nameof(Glu), DType);
        axis = Axes.Normalize(axis, Rank, nameof(Glu));
        long size = Shape.Span[axis];
        if (size % 2 != 0)
            throw new ShapeException($"Glu: axis {axis} of {Shape} has the odd size {size}, which has no halves. Give it an even size.");
        return Slice(axis, 0, size / 2) * Slice(axis, size / 2, size / 2).Sigmoid();
    }
}
