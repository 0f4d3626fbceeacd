namespace NeuralNet.Backends;

/// <summary>
/// What a normalisation divides contiguous elements [sets, rows, columns] into: for each set, and each group of neighbouring columns of it,
/// a mean and a variance over all rows. Batch normalisation has one set and groups of one column, layer normalisation sets of one row and one
/// group.
/// </summary>
/// <param name="Sets">The number of sets.</param>
/// <param name="Rows">The rows of a set.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Groups">The groups of columns.</param>
/// <param name="Epsilon">What is added to a variance.</param>
/// <param name="IsCentered">Whether means are subtracted; otherwise they count as 0, and the variance is the mean square.</param>
internal readonly record struct NormalizationShape(long Sets, long Rows, long Columns, long Groups, double Epsilon, bool IsCentered)
{
    public long Length => Sets * Rows * Columns;

    /// <summary>The elements that share a mean.</summary>
    public long GroupLength => Rows * (Columns / Groups);
}
