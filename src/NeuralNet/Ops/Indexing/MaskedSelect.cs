namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Takes the elements where a mask is true, in logical order.</summary>
    /// <param name="mask">The mask, of Bool; it and this tensor broadcast.</param>
    /// <returns>A vector of as many elements as the mask, broadcast, has true ones.</returns>
    /// <remarks>The gradient goes back to where the elements were, and is 0 elsewhere.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The mask is not of Bool.</exception>
    /// <exception cref="DeviceException">The mask is on <see cref="Device.Meta"/>: it does not tell how many elements there will
    /// be.</exception>
    public Tensor MaskedSelect(Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Require.Bool(nameof(MaskedSelect), mask);
        Shape shape = Broadcast.CommonShape(nameof(MaskedSelect), Shape, mask.Shape);
        Indices.RequireData(nameof(MaskedSelect), mask, "Use MaskedFill or Where, which keep the shape.");
        Tensor positions = mask.Expand(shape).Reshape(shape.Length).Nonzero();
        return Op.Apply(new IndexSelectOp(0), Expand(shape).Reshape(shape.Length), positions.Reshape(positions.Length));
    }
}
