using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Solves systems of linear equations a·y = b, where a is this tensor: [… , n, n], [… , n, k] → [… , n, k].</summary>
    /// <param name="b">The right sides as columns, or one of them as a vector [n], whose result is a vector too; leading axes broadcast.</param>
    /// <remarks>
    /// ∂L/∂b = a⁻ᵀ·∂L/∂y, ∂L/∂a = −∂L/∂b·yᵀ. By LU factors with partial pivoting, in double.
    /// On a GPU the matrices go through the memory of the host.
    /// </remarks>
    /// <exception cref="LinearAlgebraException">A matrix is singular.</exception>
    /// <exception cref="ShapeException">The matrices are not square, the sizes differ, or the leading axes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor Solve(Tensor b)
    {
        ArgumentNullException.ThrowIfNull(b);
        return b.Rank == 1 ? Op.Apply(new SolveOp(), this, b.Unsqueeze(-1)).Squeeze(-1) : Op.Apply(new SolveOp(), this, b);
    }
}

internal sealed class SolveOp : FloatingOp
{
    protected override Saves Saves => Saves.First | Saves.Output;

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        (Shape a, Shape b) = (inputs[0].Shape, inputs[1].Shape);
        long order = Matrices.Order(Name, a);
        (long rows, long columns) = Matrices.Sizes(Name, b);
        if (rows != order)
            throw new ShapeException($"{Name}: matrices of {a} and right sides of {b}: {order} equations, {rows} numbers. Give as many.");
        Shape batch = Shape.TryBroadcast(Matrices.Batch(a), Matrices.Batch(b))
            ?? throw new ShapeException($"{Name}: the leading axes of {a} and {b} do not broadcast. They must be equal or 1.");
        return [.. batch, rows, columns];
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Shape batch = Matrices.Batch(output.Shape);
        View<T> a = inputs[0].View<T>(WithBatch(inputs[0].Layout, batch));
        View<T> b = inputs[1].View<T>(WithBatch(inputs[1].Layout, batch));
        Matrices.Check(Name, a.Layout.Shape, backend.Solve(a, b, output.View<T>()), "is singular", "Add a small multiple of the identity, or use Svd.");
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor db = SavedInput(0).Transpose().Solve(dy);
        gradients[0] = NeedsGradient(0) ? -db.MatMul(SavedOutput().Transpose()) : null;
        gradients[1] = db;
    }

    private static Layout WithBatch(Layout layout, Shape batch) => layout.Expand([.. batch, layout.Sizes[^2], layout.Sizes[^1]]);
}
