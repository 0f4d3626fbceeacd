using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Takes a diagonal of two axes, without copying.</summary>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones are above it.</param>
    /// <param name="axis1">The axis of the rows; negative ones count from the end.</param>
    /// <param name="axis2">The axis of the columns.</param>
    /// <returns>A view without the two axes and with the diagonal as its last.</returns>
    /// <exception cref="ShapeException">An axis is out of range, or both are the same.</exception>
    public Tensor Diagonal(long offset = 0, int axis1 = 0, int axis2 = 1)
    {
        int[] axes = Axes.NormalizeAll([axis1, axis2], Rank, nameof(Diagonal));
        return Op.Apply(new DiagonalOp(offset, axes[0], axes[1]), this);
    }

    /// <summary>Makes matrices with the elements of the last axis on a diagonal, and zeros elsewhere.</summary>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones are above it.</param>
    /// <returns>A tensor of [… , n, n] with n = size + |offset|.</returns>
    /// <exception cref="ShapeException">The tensor is a scalar.</exception>
    public Tensor DiagEmbed(long offset = 0)
    {
        if (Rank == 0)
            throw new ShapeException("DiagEmbed: a scalar has no axis to put on a diagonal. Use Reshape(1).");
        long size = Shape[-1] + Math.Abs(offset);
        Shape shape = new([.. Shape.Span[..^1], size, size]);
        return Op.Apply(new DiagonalEmbedOp(offset, Rank - 1, Rank, shape), this);
    }

    /// <summary>Takes a diagonal of a matrix, or makes a matrix of a vector.</summary>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones are above it.</param>
    /// <returns>A vector for a matrix, a matrix for a vector.</returns>
    /// <exception cref="ShapeException">The tensor is neither.</exception>
    public Tensor Diag(long offset = 0) => Rank switch
    {
        1 => DiagEmbed(offset),
        2 => Diagonal(offset),
        _ => throw new ShapeException($"Diag: a tensor of {Shape} is neither a vector nor a matrix. Use Diagonal or DiagEmbed."),
    };
}

internal sealed class DiagonalOp(long offset, int axis1, int axis2) : ViewOp
{
    /// <summary>The diagonal's elements in a layout.</summary>
    public static Layout Of(Layout x, long offset, int axis1, int axis2)
    {
        long rows = x.Sizes[axis1];
        long columns = x.Sizes[axis2];
        long length = Math.Max(0, offset >= 0 ? Math.Min(rows, columns - offset) : Math.Min(rows + offset, columns));
        List<long> sizes = [];
        List<long> strides = [];
        for (int axis = 0; axis < x.Rank; axis++)
        {
            if (axis == axis1 || axis == axis2)
                continue;
            sizes.Add(x.Sizes[axis]);
            strides.Add(x.Strides[axis]);
        }
        sizes.Add(length);
        strides.Add(x.Strides[axis1] + x.Strides[axis2]);
        // An empty view must not point behind its storage.
        long start = length == 0 ? 0 : offset >= 0 ? offset * x.Strides[axis2] : -offset * x.Strides[axis1];
        return new(Shape.OfChecked([.. sizes]), [.. strides], x.Offset + start);
    }

    protected override Layout View(Layout x) => Of(x, offset, axis1, axis2);

    protected override Tensor Backward(Tensor dy, Shape shape) => Op.Apply(new DiagonalEmbedOp(offset, axis1, axis2, shape), dy);
}

/// <summary>Puts a tensor onto a diagonal of zeros: the adjoint of <see cref="DiagonalOp"/>.</summary>
internal sealed class DiagonalEmbedOp(long offset, int axis1, int axis2, Shape shape) : Op
{
    protected override Saves Saves => Saves.None;

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) => new(Layout.Contiguous(shape), inputs[0].DType);

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        DataMovement.Clear(backend, output);
        DataMovement.Copy(backend, inputs[0], inputs[0].Layout, output, DiagonalOp.Of(output.Layout, offset, axis1, axis2));
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) =>
        gradients[0] = Op.Apply(new DiagonalOp(offset, axis1, axis2), dy);
}
