using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Joins tensors along an axis.</summary>
    /// <param name="tensors">The tensors, of one dtype, and of one shape but for that axis.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <exception cref="ShapeException">The shapes do not fit, there is no tensor, or the axis is out of range.</exception>
    /// <exception cref="DTypeException">The dtypes differ.</exception>
    public static Tensor Concat(ReadOnlySpan<Tensor> tensors, int axis = 0)
    {
        if (tensors.IsEmpty)
            throw new ShapeException("Concat: no tensors. Give one at least.");
        return Op.Apply(new ConcatOp(Axes.Normalize(axis, tensors[0].Rank, nameof(Concat))), tensors);
    }
}

internal sealed class ConcatOp(int axis) : Op
{
    protected override Saves Saves => Saves.None;

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        long[] sizes = inputs[0].Shape.ToArray();
        for (int i = 1; i < inputs.Length; i++)
        {
            Require.SameDType(this, inputs[0], inputs[i]);
            if (!Fits(inputs[i].Shape, inputs[0].Shape))
                throw new ShapeException($"{Name}: tensor {i} of {inputs[i].Shape} does not fit tensor 0 of {inputs[0].Shape} on axis "
                    + $"{axis}. All other sizes must be equal.");
            sizes[axis] += inputs[i].Shape.Span[axis];
        }
        Shape shape = new(sizes.AsSpan());
        return new(inputs[0].Layout.IsContiguous ? Layout.Contiguous(shape) : Layout.Dense(shape, inputs[0].Layout.MemoryOrder()), inputs[0].DType);
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        long start = 0;
        foreach (Tensor input in inputs)
        {
            long length = input.Shape.Span[axis];
            DataMovement.Copy(backend, input, input.Layout, output, output.Layout.Slice(axis, start, length, 1));
            start += length;
        }
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        long start = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            long length = SavedInput(i).Shape.Span[axis];
            gradients[i] = NeedsGradient(i) ? dy.Slice(axis, start, length) : null;
            start += length;
        }
    }

    private bool Fits(Shape shape, Shape first)
    {
        if (shape.Rank != first.Rank)
            return false;
        for (int i = 0; i < shape.Rank; i++)
        {
            if (i != axis && shape.Span[i] != first.Span[i])
                return false;
        }
        return true;
    }
}
