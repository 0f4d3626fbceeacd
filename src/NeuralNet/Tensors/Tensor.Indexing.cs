using System.Runtime.CompilerServices;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>
    /// Gets a view of a part: <c>x[0]</c>, <c>x[.., 1..3]</c>, <c>x[^1, TensorIndex.NewAxis]</c>; or copies data into it. Axes that are not
    /// named stay whole.
    /// </summary>
    /// <remarks>
    /// Setting is for data: nothing differentiates through it (see <see cref="CopyFrom"/>).
    /// <para>Tensors as entries make a copy: <c>x[index]</c> takes slices at positions, <c>x[mask]</c> those where a mask is true. Several
    /// such entries broadcast, and take an element for each common position; the axes of the positions stand where the entries are, or
    /// in front if there are others between. Gradients are added up where a position occurs several times.</para>
    /// </remarks>
    /// <exception cref="ShapeException">There are more entries than axes, one reaches beyond its axis, or shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position in a tensor is negative, or beyond its axis.</exception>
    /// <exception cref="ArgumentException">A part picked by a tensor is set: it would be a copy.</exception>
    /// <exception cref="DeviceException">There is a mask on <see cref="Device.Meta"/>.</exception>
    [IndexerName("Part")]
    public Tensor this[params ReadOnlySpan<TensorIndex> indices]
    {
        get => HasTensors(indices) ? AtTensors(indices) : At(indices);
        set
        {
            if (HasTensors(indices))
                throw new ArgumentException("x[…] = y: a part picked by a tensor is a copy, and setting it would be lost. Use x = "
                    + "x.IndexPut(…), x.MaskedFill(…) or Tensor.Where(…).", nameof(indices));
            RequireWritable("x[…] = y");
            using (Autograd.NoGrad())
                At(indices).CopyFrom(value);
        }
    }

    private Tensor At(ReadOnlySpan<TensorIndex> indices)
    {
        int named = 0;
        int ellipses = 0;
        foreach (TensorIndex index in indices)
        {
            named += index.IsNewAxis || index.IsEllipsis ? 0 : 1;
            ellipses += index.IsEllipsis ? 1 : 0;
        }
        if (named > Rank || ellipses > 1)
            throw new ShapeException($"index: {named} {(named == 1 ? "entry" : "entries")}{(ellipses > 1 ? $" and {ellipses} ellipses" : "")} for a tensor of {Shape}. Name at most {Rank} axes, with at most one ellipsis.");
        SliceRange[] ranges = new SliceRange[Rank];
        List<long> sizes = [];
        int axis = 0;
        foreach (TensorIndex index in indices)
        {
            if (index.IsNewAxis)
            {
                sizes.Add(1);
            }
            else if (index.IsEllipsis)
            {
                for (int whole = Rank - named; whole > 0; whole--)
                    AddWhole();
            }
            else
            {
                ranges[axis] = index.Resolve(axis, Shape);
                if (!index.DropsAxis)
                    sizes.Add(ranges[axis].Length);
                axis++;
            }
        }
        while (axis < Rank)
            AddWhole();
        Tensor part = Rank == 0 ? Unchanged() : Op.Apply(new SliceOp(ranges), this);
        Shape shape = new(sizes.ToArray().AsSpan());
        return part.Shape == shape ? part : part.Reshape(shape);

        void AddWhole()
        {
            ranges[axis] = new(0, Shape.Span[axis], 1);
            sizes.Add(Shape.Span[axis++]);
        }
    }
}
