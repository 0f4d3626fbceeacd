using System.Numerics;
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

/// <param name="transposeA">Whether the last two axes of the first factor are exchanged: a view that needs no handle.</param>
/// <param name="transposeB">The same for the second.</param>
internal sealed class MatMulOp(bool transposeA = false, bool transposeB = false) : FloatingOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    public static ShapeException Mismatch(Shape a, Shape b) => new(
        $"MatMul: shapes {a} and {b}: the inner sizes {a[-1]} and {b[b.Rank == 1 ? 0 : -2]} differ. Transpose or Reshape one of them.");

    /// <summary>
    /// Multiplies into a sum that nobody else sees, and gives it; into a tensor of its own where there is no sum of the product's shape.
    /// </summary>
    public Tensor AddTo(Tensor? sum, Tensor a, Tensor b)
    {
        if (sum is null || sum.Device.IsMeta || InferShape([a, b]) != sum.Shape)
            return Apply(this, a, b);
        if (sum.DType == DType.Float32)
            Multiply<float>(sum.Device.Backend, a, b, sum, accumulate: true);
        else
            Multiply<double>(sum.Device.Backend, a, b, sum, accumulate: true);
        sum.Storage.BumpVersion();
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return sum;
    }

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        (Shape a, Shape b) = (inputs[0].Shape, inputs[1].Shape);
        (long rows, long inner) = transposeA ? (a[-1], a[-2]) : (a[-2], a[-1]);
        if (inner != b[transposeB ? -1 : -2])
            throw Mismatch(transposeA ? inputs[0].Layout.Transpose().Shape : a, transposeB ? inputs[1].Layout.Transpose().Shape : b);
        long columns = b[transposeB ? -2 : -1];
        if (a.Rank == 2 && b.Rank == 2)
            return Shape.Remembered([rows, columns]);
        Shape batch = Shape.TryBroadcast(new(a.Span[..^2]), new(b.Span[..^2]))
            ?? throw new ShapeException($"{Name}: the leading axes of {a} and {b} do not broadcast. They must be equal or 1.");
        return [.. batch, rows, columns];
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        if (NeedsGradient(0))
        {
            Tensor b = SavedInput(1);
            gradients[0] = transposeA
                ? new MatMulOp(transposeB, transposeB: true).AddTo(SumAt(0), b, dy)
                : new MatMulOp(transposeA: false, !transposeB).AddTo(SumAt(0), dy, b);
        }
        if (NeedsGradient(1))
        {
            Tensor a = SavedInput(0);
            gradients[1] = transposeB
                ? new MatMulOp(transposeA: true, transposeA).AddTo(SumAt(1), dy, a)
                : new MatMulOp(!transposeA).AddTo(SumAt(1), a, dy);
        }
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        Multiply<T>(backend, inputs[0], inputs[1], output, accumulate: false);

    private void Multiply<T>(IComputeBackend backend, Tensor a, Tensor b, Tensor output, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        backend.MatMul(
            a.View<T>(Factor(a.Layout, transposeA, output.Shape)),
            b.View<T>(Factor(b.Layout, transposeB, output.Shape)),
            output.View<T>(),
            new MatMulEpilogue<T> { Accumulate = accumulate });

    private static Layout Factor(Layout layout, bool transpose, Shape output)
    {
        if (transpose)
            layout = layout.Transpose();
        return output.Rank == 2 ? layout : WithBatch(layout, output);
    }

    /// <summary>A factor with its leading axes expanded to the output's.</summary>
    private static Layout WithBatch(Layout factor, Shape output)
    {
        long[] sizes = output.ToArray();
        sizes[^2] = factor.Sizes[^2];
        sizes[^1] = factor.Sizes[^1];
        return factor.Expand(Shape.OfChecked(sizes));
    }
}
