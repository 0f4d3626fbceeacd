namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Takes elements by their position in logical order, as if the tensor were a vector.</summary>
    /// <param name="index">The positions, of Int64 or Int32, of any shape.</param>
    /// <returns>A tensor of the index's shape.</returns>
    /// <remarks>The gradient is added up where a position occurs several times.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside [0, Length).</exception>
    /// <exception cref="DTypeException">The index is not of integers.</exception>
    public Tensor Take(Tensor index)
    {
        ArgumentNullException.ThrowIfNull(index);
        index = Require.Index(nameof(Take), index);
        Indices.RequireInRange(nameof(Take), index, Length);
        return Op.Apply(new IndexSelectOp(0), Reshape(Length), index.Reshape(index.Length)).Reshape(index.Shape);
    }
}
