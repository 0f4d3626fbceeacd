using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>An operation that combines the elements along some axes.</summary>
/// <param name="axes">The axes, normalised.</param>
/// <param name="keepDims">Whether they stay, with size 1.</param>
internal abstract class ReductionOp(int[] axes, bool keepDims) : Op
{
    protected ReadOnlySpan<int> ReducedAxes => axes;

    protected sealed override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        Tensor x = inputs[0];
        DType dtype = InferDType(x);
        Shape kept = KeptShape(x.Shape);
        return new(Layout.Contiguous(keepDims ? kept : WithoutReduced(x.Shape)), dtype);
    }

    /// <summary>The dtype of the output; throws where the input has no such reduction.</summary>
    protected abstract DType InferDType(Tensor x);

    /// <summary>The shape with the reduced axes at size 1, which kernels write.</summary>
    protected Shape KeptShape(Shape shape)
    {
        long[] sizes = shape.ToArray();
        foreach (int axis in axes)
            sizes[axis] = 1;
        return Shape.OfChecked(sizes);
    }

    /// <summary>The output as kernels see it, with the reduced axes at size 1.</summary>
    protected View<T> KeptView<T>(Tensor output, Shape inputShape)
        where T : unmanaged => output.View<T>(Layout.Contiguous(KeptShape(inputShape)));

    /// <summary>A reduced tensor, or the gradient of one, with the reduced axes put back at size 1, so that it broadcasts against the input.</summary>
    protected Tensor WithKeptAxes(Tensor reduced, Shape inputShape) => keepDims ? reduced : reduced.Reshape(KeptShape(inputShape));

    /// <summary>How many elements of an input make one of the output.</summary>
    protected long CountReduced(Shape shape)
    {
        long count = 1;
        foreach (int axis in axes)
            count *= shape.Span[axis];
        return count;
    }

    /// <exception cref="InvalidOperationException">There is nothing to reduce.</exception>
    protected void RequireElements(Tensor x)
    {
        if (CountReduced(x.Shape) == 0)
            throw new InvalidOperationException($"{Name}: a tensor of {x.Shape} has no elements along axes [{string.Join(", ", axes)}], and {Name} of nothing has no value. Check for empty tensors first.");
    }

    private Shape WithoutReduced(Shape shape)
    {
        long[] sizes = new long[shape.Rank - axes.Length];
        for (int axis = 0, i = 0; axis < shape.Rank; axis++)
        {
            if (!axes.AsSpan().Contains(axis))
                sizes[i++] = shape.Span[axis];
        }
        return Shape.OfChecked(sizes);
    }
}
