namespace NeuralNet;

/// <summary>A factor of a sum of products: a tensor, and which index each of its axes is.</summary>
/// <param name="value">The tensor.</param>
/// <param name="indices">The index of each axis.</param>
internal sealed class EinsumTerm(Tensor value, int[] indices)
{
    public int[] Indices => indices;

    /// <summary>The term with each index once: repeated ones walk along a diagonal.</summary>
    public EinsumTerm WithoutRepetitions()
    {
        int[] distinct = [.. indices.Distinct()];
        return distinct.Length == indices.Length
            ? this
            : new(value.TieAxes([.. indices.Select(index => Array.IndexOf(distinct, index))]), distinct);
    }

    /// <summary>
    /// The term without axes of size 1, which stretch: to multiply by an element for each position is to multiply by the one there is.
    /// </summary>
    public EinsumTerm WithoutOnes()
    {
        long[] sizes = [.. value.Shape.Where(size => size != 1)];
        return sizes.Length == indices.Length
            ? this
            : new(value.Reshape(new Shape(sizes.AsSpan())), [.. indices.Where((_, axis) => value.Shape[axis] != 1)]);
    }

    public EinsumTerm SumWhere(Predicate<int> isSummed)
    {
        int[] axes = [.. Enumerable.Range(0, indices.Length).Where(axis => isSummed(indices[axis]))];
        return axes.Length == 0 ? this : new(value.Sum(axes), [.. indices.Where((_, axis) => !axes.Contains(axis))]);
    }

    /// <summary>The product with another term, summed over what both have and nobody else needs.</summary>
    public EinsumTerm Multiply(EinsumTerm other, Predicate<int> isNeeded)
    {
        int[] shared = [.. indices.Intersect(other.Indices)];
        int[] batch = Array.FindAll(shared, isNeeded);
        int[] summed = [.. shared.Except(batch)];
        int[] rows = [.. indices.Except(shared)];
        int[] columns = [.. other.Indices.Except(shared)];
        int[] result = [.. batch, .. rows, .. columns];
        if (result.Length > Shape.MaxRank)
            throw EinsumIndices.TooManyAxes(result.Length);
        Shape shape = [.. SizesOf(batch), .. SizesOf(rows), .. other.SizesOf(columns)];
        return new(Multiply(other, batch, rows, summed, columns).Reshape(shape), result);
    }

    /// <summary>The tensor with its axes in an order, and in between the axes of size 1 that the shape has besides.</summary>
    public Tensor Arranged(int[] order, Shape shape) => Ordered([.. order.Where(index => indices.Contains(index))]).Reshape(shape);

    private Tensor Multiply(EinsumTerm other, int[] batch, int[] rows, int[] summed, int[] columns)
    {
        if (summed.Length == 0)
            return Merged(batch, rows, []) * other.Merged(batch, [], columns);
        // Products of a row with a column are no work for matrices, and sums are added pairwise.
        if (rows.Length + columns.Length == 0)
            return (Merged(batch, summed) * other.Merged(batch, summed)).Sum(1);
        return batch.Length == 0
            ? Merged(rows, summed).MatMul(other.Merged(summed, columns))
            : Merged(batch, rows, summed).MatMul(other.Merged(batch, summed, columns));
    }

    /// <summary>The tensor with an axis for each group of indices, of size 1 for an empty group.</summary>
    private Tensor Merged(params ReadOnlySpan<int[]> groups)
    {
        long[] sizes = new long[groups.Length];
        List<int> order = [];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = SizesOf(groups[i]).Aggregate(1L, (product, size) => product * size);
            order.AddRange(groups[i]);
        }
        return Ordered([.. order]).Reshape(new Shape(sizes.AsSpan()));
    }

    private Tensor Ordered(int[] order) =>
        order.AsSpan().SequenceEqual(indices) ? value : value.Permute([.. order.Select(index => Array.IndexOf(indices, index))]);

    private IEnumerable<long> SizesOf(int[] some) => some.Select(index => value.Shape[Array.IndexOf(indices, index)]);
}
