namespace NeuralNet;

public sealed partial class Tensor
{
    private const string IndexerName = "index";

    private static bool HasTensors(ReadOnlySpan<TensorIndex> indices)
    {
        foreach (TensorIndex index in indices)
        {
            if (index.Tensor is not null)
                return true;
        }
        return false;
    }

    /// <summary>
    /// First takes the part that the other entries name, a view with the axes of the tensors whole, and then their positions.
    /// </summary>
    private Tensor AtTensors(ReadOnlySpan<TensorIndex> indices)
    {
        List<TensorIndex> entries = WithoutMasks(indices);
        int named = entries.Count(entry => !entry.IsNewAxis && !entry.IsEllipsis);
        List<Tensor> positions = [];
        List<int> axes = [];
        int axis = 0;
        for (int i = 0; i < entries.Count; i++)
        {
            TensorIndex entry = entries[i];
            if (entry.Tensor is { } tensor)
            {
                positions.Add(tensor);
                axes.Add(axis);
                entries[i] = Range.All;
            }
            axis += entry.IsEllipsis ? Rank - named : entry.DropsAxis ? 0 : 1;
        }
        return At(entries.ToArray()).AtPositions([.. axes], [.. positions]);
    }

    /// <summary>The entries with a mask of several axes replaced by its positions on each.</summary>
    private List<TensorIndex> WithoutMasks(ReadOnlySpan<TensorIndex> indices)
    {
        int named = 0;
        foreach (TensorIndex index in indices)
            named += index.IsNewAxis || index.IsEllipsis ? 0 : index.Tensor is { DType: DType.Bool } mask ? mask.Rank : 1;
        List<TensorIndex> entries = [];
        int axis = 0;
        foreach (TensorIndex index in indices)
        {
            if (index.Tensor is { DType: DType.Bool } mask)
            {
                if (mask.Rank == 0 || axis + mask.Rank > Rank || !mask.Shape.Span.SequenceEqual(Shape.Span.Slice(axis, mask.Rank)))
                    throw new ShapeException($"{IndexerName}: a mask of {mask.Shape} at axis {axis} of {Shape}. Give it the sizes of the "
                        + "axes it stands for, or use MaskedSelect, which broadcasts.");
                Tensor places = mask.Nonzero();
                for (int i = 0; i < mask.Rank; i++)
                    entries.Add(places[.., i]);
                axis += mask.Rank;
                continue;
            }
            entries.Add(index);
            axis += index.IsEllipsis ? Math.Max(0, Rank - named) : index.IsNewAxis ? 0 : 1;
        }
        return entries;
    }

    /// <summary>Takes positions on some axes, in ascending order, at once.</summary>
    private Tensor AtPositions(int[] axes, Tensor[] positions)
    {
        int[] rest = [.. Enumerable.Range(0, Rank).Except(axes)];
        Tensor x = axes[^1] == axes.Length - 1 ? this : Permute([.. axes, .. rest]);
        Tensor index = Indices.OfLeadingAxes(IndexerName, x, positions);
        Tensor rows = x.Reshape(Indices.MergedAxes(x.Shape, axes.Length));
        Tensor taken = Op.Apply(new IndexSelectOp(0), rows, index.Reshape(index.Length));
        Tensor y = taken.Reshape([.. index.Shape, .. x.Shape.Span[axes.Length..]]);
        int before = axes[0];
        if (before == 0 || axes[^1] - before >= axes.Length)
            return y;
        // The axes of the positions go back to where the entries stand.
        int front = index.Rank;
        IEnumerable<int> others = Enumerable.Range(front, rest.Length);
        return y.Permute([.. others.Take(before), .. Enumerable.Range(0, front), .. others.Skip(before)]);
    }
}
