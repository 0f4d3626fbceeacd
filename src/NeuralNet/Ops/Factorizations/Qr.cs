using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Factors matrices into orthonormal columns and an upper triangle, q·r = x: [… , m, n] → [… , m, k] and [… , k, n], k = min(m, n).</summary>
    /// <returns>The reduced factors. The diagonal of r has no negative element, which makes them unique for matrices of full rank.</returns>
    /// <remarks>
    /// ∂L/∂x = (∂L/∂q + q·c)·r⁻ᵀ, where c is the symmetric matrix with the lower triangle of r·∂L/∂rᵀ − ∂L/∂qᵀ·q; it exists where the first k columns are
    /// independent. By Householder's reflections, in double.
    /// On a GPU the matrices go through the memory of the host.
    /// </remarks>
    /// <exception cref="ShapeException">The tensor has fewer than two axes.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public (Tensor Q, Tensor R) Qr()
    {
        (long rows, long columns) = Matrices.Sizes(nameof(Qr), Shape);
        if (rows >= columns)
            return QrOp.Unpack(Op.Apply(new QrOp(), this), rows, columns);
        (Tensor q, Tensor r) = Slice(-1, 0, rows).Qr();
        return (q, Concat([r, q.Transpose().MatMul(Slice(-1, rows, columns - rows))], -1));
    }
}

/// <summary>Both factors of matrices with m ≥ n, packed into one axis.</summary>
internal sealed class QrOp : FloatingOp
{
    protected override Saves Saves => Saves.Output;

    public static (Tensor Q, Tensor R) Unpack(Tensor packed, long rows, long columns)
    {
        long start = 0;
        Tensor q = Matrices.Unpack(packed, ref start, rows, columns);
        return (q, Matrices.Unpack(packed, ref start, columns, columns));
    }

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        (long rows, long columns) = Matrices.Sizes(Name, inputs[0].Shape);
        return [.. Matrices.Batch(inputs[0].Shape), (rows + columns) * columns];
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        backend.Qr(inputs[0].View<T>(), output.View<T>());

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Shape shape = SavedInput(0).Shape;
        (Tensor q, Tensor r) = Unpack(SavedOutput(), shape[-2], shape[-1]);
        (Tensor dq, Tensor dr) = Unpack(dy, shape[-2], shape[-1]);
        Tensor m = r.MatMul(dr.Transpose()) - dq.Transpose().MatMul(q);
        Tensor symmetric = m.Tril() + m.Tril(-1).Transpose();
        gradients[0] = r.Solve((dq + q.MatMul(symmetric)).Transpose()).Transpose();
    }
}
