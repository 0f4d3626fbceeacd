using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the singular values of matrices: [… , m, n] → [… , min(m, n)], in falling order.</summary>
    /// <remarks>
    /// ∂L/∂x = u·diag(∂L/∂s)·vᵀ, with the singular vectors of x. Computed in double.
    /// On a GPU the matrices go through the memory of the host.
    /// </remarks>
    /// <exception cref="LinearAlgebraException">A matrix has an element that is not finite.</exception>
    /// <exception cref="ShapeException">The tensor has fewer than two axes.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public Tensor SvdValues() => Op.Apply(new SvdValuesOp(), this);
}

internal sealed class SvdValuesOp : FloatingOp
{
    protected override Saves Saves => Saves.First;

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        (long rows, long columns) = Matrices.Sizes(Name, inputs[0].Shape);
        return [.. Matrices.Batch(inputs[0].Shape), Math.Min(rows, columns)];
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) => Matrices.Check(
        Name,
        inputs[0].Shape,
        backend.Svd(inputs[0].View<T>(), vectors: false, output.View<T>()),
        "has an element that is not finite",
        "Look for its source with Autograd.DetectAnomalies.");

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        (Tensor u, _, Tensor vh) = SavedInput(0).Svd();
        gradients[0] = (u * dy.Unsqueeze(-2)).MatMul(vh);
    }
}
