using System.Diagnostics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Multiplies matrices: [… , m, k] · [… , k, n] = [… , m, n]; leading axes broadcast.</summary>
    /// <param name="other">The right factor, of the same dtype. A vector [k] on either side is a row or a column, whose axis the result
    /// lacks.</param>
    /// <remarks>∂L/∂a = ∂L/∂y · bᵀ, ∂L/∂b = aᵀ · ∂L/∂y. Transposed views are read in place. k = 0 gives zeros.</remarks>
    /// <exception cref="ShapeException">The inner sizes differ, the leading axes do not broadcast, or a factor is a scalar.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor MatMul(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Rank == 0 || other.Rank == 0)
            throw new ShapeException($"MatMul: shapes {Shape} and {other.Shape}; a scalar is no matrix. Use Multiply.");
        if (Shape[-1] != other.Shape[other.Rank == 1 ? 0 : -2])
            throw MatMulOp.Mismatch(Shape, other.Shape);
        if (Rank == 1)
        {
            Tensor row = Reshape(1, Length);
            Tensor product = row.MatMul(other);
            row.End();
            return Reshaped(product, other.Rank == 1 ? default : product.Shape.Without(product.Rank - 2));
        }
        if (other.Rank == 1)
        {
            Tensor column = other.Reshape(other.Length, 1);
            Tensor product = MatMul(column);
            column.End();
            return Reshaped(product, product.Shape.Without(product.Rank - 1));
        }
        // One matrix for a whole batch of rows is one product.
        if (Rank > 2 && other.Rank == 2 && Length > 0 && Layout.TryReshape(new Shape(Length / Shape[-1], Shape[-1])) is not null)
        {
            Tensor rows = Reshape(Length / Shape[-1], Shape[-1]);
            Tensor product = rows.MatMul(other);
            rows.End();
            return Reshaped(product, Shape.With(Rank - 1, other.Shape[1]));
        }
        return Op.Apply(new MatMulOp(), this, other);
    }

    private static Tensor Reshaped(Tensor product, Shape shape)
    {
        Tensor y = product.Reshape(shape);
        product.End();
        return y;
    }
}

internal sealed class MatMulOp : FloatingOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    public static ShapeException Mismatch(Shape a, Shape b) => new(
        $"MatMul: shapes {a} and {b}: the inner sizes {a[-1]} and {b[b.Rank == 1 ? 0 : -2]} differ. Transpose or Reshape one of them.");

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        (Shape a, Shape b) = (inputs[0].Shape, inputs[1].Shape);
        Debug.Assert(a[-1] == b[-2], "MatMul checks the inner sizes, of vectors too.");
        Shape batch = Shape.TryBroadcast(new(a.Span[..^2]), new(b.Span[..^2]))
            ?? throw new ShapeException($"{Name}: the leading axes of {a} and {b} do not broadcast. They must be equal or 1.");
        return [.. batch, a[-2], b[-1]];
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        gradients[0] = NeedsGradient(0) ? dy.MatMul(SavedInput(1).Transpose()) : null;
        gradients[1] = NeedsGradient(1) ? SavedInput(0).Transpose().MatMul(dy) : null;
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        View<T> a = inputs[0].View<T>(WithBatch(inputs[0].Layout, output.Shape));
        View<T> b = inputs[1].View<T>(WithBatch(inputs[1].Layout, output.Shape));
        backend.MatMul(a, b, output.View<T>(), default);
    }

    /// <summary>A factor with its leading axes expanded to the output's.</summary>
    private static Layout WithBatch(Layout factor, Shape output)
    {
        if (output.Rank == 2)
            return factor;
        long[] sizes = output.ToArray();
        sizes[^2] = factor.Sizes[^2];
        sizes[^1] = factor.Sizes[^1];
        return factor.Expand(Shape.OfChecked(sizes));
    }
}
