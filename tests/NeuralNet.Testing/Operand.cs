namespace NeuralNet.Testing;

/// <summary>An input of a case.</summary>
/// <param name="Sizes">The shape.</param>
/// <param name="Domain">Where its numbers come from.</param>
/// <param name="DType">The dtype of an index or a condition; null for the one that the case is computed in.</param>
public sealed record Operand(int[] Sizes, Domain Domain, DType? DType = null)
{
    public long Length => RefArray.Count(Sizes);

    public Shape Shape => new([.. Sizes.Select(size => (long)size)]);
}
