using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>
    /// Decomposes matrices into singular values and vectors, u·diag(s)·vh = x: [… , m, n] → [… , m, k], [… , k] and [… , k, n], k = min(m, n).
    /// </summary>
    /// <returns>Left singular vectors as columns, singular values in falling order, right singular vectors as rows.</returns>
    /// <remarks>
    /// <para>Vectors are defined but for their sign: here, the component of each left one that is largest in magnitude is positive.</para>
    /// <para>The gradient is that of J. Townsend, "Differentiating the Singular Value Decomposition" (2016). Through vectors it exists where the singular
    /// values differ, and for m ≠ n are not 0. For values alone, <see cref="SvdValues"/> has it everywhere. Computed in double.</para>
    /// <para>On a GPU the matrices go through the memory of the host.</para>
    /// </remarks>
    /// <exception cref="LinearAlgebraException">A matrix has an element that is not finite.</exception>
    /// <exception cref="ShapeException">The tensor has fewer than two axes.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public (Tensor U, Tensor S, Tensor Vh) Svd()
    {
        (long rows, long columns) = Matrices.Sizes(nameof(Svd), Shape);
        return SvdOp.Unpack(Op.Apply(new SvdOp(), this), rows, columns);
    }
}

/// <summary>Values and vectors, packed into one axis.</summary>
internal sealed class SvdOp : FloatingOp
{
    protected override Saves Saves => Saves.Output;

    public static (Tensor U, Tensor S, Tensor Vh) Unpack(Tensor packed, long rows, long columns)
    {
        long start = 0;
        long count = Math.Min(rows, columns);
        Tensor u = Matrices.Unpack(packed, ref start, rows, count);
        Tensor s = Matrices.Unpack(packed, ref start, count);
        return (u, s, Matrices.Unpack(packed, ref start, count, columns));
    }

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        (long rows, long columns) = Matrices.Sizes(Name, inputs[0].Shape);
        return [.. Matrices.Batch(inputs[0].Shape), Math.Min(rows, columns) * (rows + 1 + columns)];
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) => Matrices.Check(
        Name,
        inputs[0].Shape,
        backend.Svd(inputs[0].View<T>(), vectors: true, output.View<T>()),
        "has an element that is not finite",
        "Look for its source with Autograd.DetectAnomalies.");

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Shape shape = SavedInput(0).Shape;
        (long rows, long columns) = (shape[-2], shape[-1]);
        (Tensor u, Tensor s, Tensor vh) = Unpack(SavedOutput(), rows, columns);
        (Tensor du, Tensor ds, Tensor dvh) = Unpack(dy, rows, columns);
        Tensor reciprocal = Matrices.ReciprocalGaps(s.Square());
        Tensor left = Skew(u.Transpose().MatMul(du)) * reciprocal * s.Unsqueeze(-2);
        Tensor right = Skew(vh.MatMul(dvh.Transpose())) * reciprocal * s.Unsqueeze(-1);
        Tensor dx = u.MatMul(left + right + Matrices.Diagonal(ds)).MatMul(vh);
        if (rows > columns)
        {
            Tensor outside = du / s.Unsqueeze(-2);
            dx += (outside - u.MatMul(u.Transpose().MatMul(outside))).MatMul(vh);
        }
        if (columns > rows)
        {
            Tensor outside = dvh / s.Unsqueeze(-1);
            dx += u.MatMul(outside - outside.MatMul(vh.Transpose()).MatMul(vh));
        }
        gradients[0] = dx;
    }

    private static Tensor Skew(Tensor x) => x - x.Transpose();
}
