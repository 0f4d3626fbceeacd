namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Replaces the elements where a mask is true by a number.</summary>
    /// <param name="mask">The mask, of Bool; it and this tensor broadcast.</param>
    /// <param name="value">The number.</param>
    /// <returns>A tensor of the common shape.</returns>
    /// <remarks>∂y/∂x is 0 where the mask is true and 1 elsewhere, whatever the number: −∞ hides what must not count in a
    /// softmax.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The mask is not of Bool, or the dtype does not hold the number.</exception>
    public Tensor MaskedFill(Tensor mask, Scalar value) => MaskedFill(mask, OfScalar(value, this));

    /// <summary>Replaces the elements where a mask is true by those of another tensor, all broadcast.</summary>
    /// <param name="mask">The mask, of Bool.</param>
    /// <param name="value">What replaces them, of this tensor's dtype.</param>
    /// <returns>A tensor of the common shape.</returns>
    /// <remarks>The gradient goes to the element taken.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The mask is not of Bool, or the dtypes differ.</exception>
    public Tensor MaskedFill(Tensor mask, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(value);
        Require.Bool(nameof(MaskedFill), mask);
        Require.SameDType(nameof(MaskedFill), this, value);
        Broadcast.CommonShape(nameof(MaskedFill), Broadcast.CommonShape(nameof(MaskedFill), Shape, mask.Shape), value.Shape);
        return Where(mask, value, this);
    }
}
