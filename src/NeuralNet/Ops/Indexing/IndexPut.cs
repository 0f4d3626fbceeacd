namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>
    /// Sets parts of the tensor at computed positions of its leading axes: y = x, then y[index₀[i], index₁[i], …] = values[i] for each i.
    /// </summary>
    /// <param name="indices">The positions on axes 0, 1, …, of Int64 or Int32; they broadcast to one shape S.</param>
    /// <param name="values">What is put there, of this tensor's dtype; it broadcasts to S followed by the axes without positions.</param>
    /// <param name="accumulate">Whether values are added to what is there, and to each other.</param>
    /// <returns>A new tensor of this one's shape; of several values for one element the last in logical order stays, or all are added in
    /// that order.</returns>
    /// <remarks>The gradient of the values is taken from the same positions, that of x is 0 where an element was replaced
    /// (<see cref="Scatter(int, Tensor, Tensor)"/>, <see cref="ScatterAdd"/>).</remarks>
    /// <exception cref="ArgumentException">There are no indices.</exception>
    /// <exception cref="ShapeException">There are more indices than axes, or shapes do not broadcast.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside its axis.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or an index is not of integers.</exception>
    public Tensor IndexPut(ReadOnlySpan<Tensor> indices, Tensor values, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        Require.SameDType(nameof(IndexPut), this, values);
        if (accumulate)
            Require.Numeric(nameof(IndexPut), DType);
        Tensor positions = Indices.OfLeadingAxes(nameof(IndexPut), this, indices);
        ReadOnlySpan<long> rest = Shape.Span[indices.Length..];
        Shape target = [.. positions.Shape, .. rest];
        if (Shape.TryBroadcast(values.Shape, target) != target)
            throw new ShapeException($"IndexPut: values {values.Shape} for positions of {positions.Shape} in a tensor of {Shape}. They "
                + $"must broadcast to {target}.");
        Shape rows = [positions.Length, .. rest];
        Tensor x = Reshape(Indices.MergedAxes(Shape, indices.Length));
        Tensor index = Indices.AlongAxis(positions.Reshape(positions.Length), 0, rows);
        Op put = accumulate ? new ScatterAddOp(0) : new ScatterOp(0);
        return Op.Apply(put, x, index, values.Expand(target).Reshape(rows)).Reshape(Shape);
    }
}
