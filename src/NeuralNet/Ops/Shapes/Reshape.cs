using System.Runtime.CompilerServices;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Gives the elements, in logical order, another shape.</summary>
    /// <param name="sizes">The sizes; one of them may be −1 and is computed from the others.</param>
    /// <returns>A view where the layout allows it, else a copy.</returns>
    /// <exception cref="ShapeException">The sizes do not multiply to the number of elements.</exception>
    [OverloadResolutionPriority(1)]
    public Tensor Reshape(params ReadOnlySpan<long> sizes)
    {
        int unknown = sizes.IndexOf(-1);
        if (unknown < 0)
            return Reshape(new Shape(sizes));
        long known = 1;
        for (int i = 0; i < sizes.Length; i++)
            known *= i == unknown ? 1 : sizes[i];
        if (known <= 0 || Length % known != 0)
            throw new ShapeException($"Reshape: no size fits at the −1 of [{string.Join(", ", sizes.ToArray())}], for a tensor of "
                + $"{Shape} with {Length} elements. Name all sizes, one −1 at most, or others that divide {Length}.");
        long[] inferred = sizes.ToArray();
        inferred[unknown] = Length / known;
        return Reshape(new Shape(inferred.AsSpan()));
    }

    /// <inheritdoc cref="Reshape(ReadOnlySpan{long})"/>
    public Tensor Reshape(Shape shape)
    {
        if (shape.Length != Length)
            throw new ShapeException($"Reshape: a tensor of {Shape} has {Length} elements, {shape} has {shape.Length}. Keep the "
                + "number of elements; one size may be −1.");
        return Layout.TryReshape(shape) is { } view ? Op.Apply(new ReshapeOp(view), this) : Contiguous().Reshape(shape);
    }
}

internal sealed class ReshapeOp(Layout view) : ViewOp
{
    protected override Layout View(Layout x) => view;

    protected override Tensor Backward(Tensor dy, Shape shape) => dy.Reshape(shape);
}
