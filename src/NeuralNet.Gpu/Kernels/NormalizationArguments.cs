namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>A <see cref="NormalizationShape"/> in a form that kernels take by value.</summary>
internal struct NormalizationArguments
{
    public long Sets;
    public long Rows;
    public long Columns;
    public long Groups;
    public int IsCentered;
    public int HasWeight;
    public int HasBias;
    public long WeightOffset;
    public long BiasOffset;

    public readonly long GroupColumns => Columns / Groups;

    /// <summary>The elements that share a mean.</summary>
    public readonly long GroupLength => Rows * (Columns / Groups);

    /// <summary>Where an element of a group lies: <paramref name="group"/> counts through the groups of all sets.</summary>
    public readonly long Place(long group, long element)
    {
        long width = Columns / Groups;
        long row = group / Groups * Rows + element / width;
        return row * Columns + group % Groups * width + element % width;
    }
}
