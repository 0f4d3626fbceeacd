using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the eigenvalues of symmetric matrices: [… , n, n] → [… , n], in rising order.</summary>
    /// <remarks>
    /// The lower triangle of x is read. ∂L/∂x = v·diag(∂L/∂w)·vᵀ, with the eigenvectors of x. Computed in double.
    /// On a GPU the matrices go through the memory of the host.
    /// </remarks>
    /// <exception cref="LinearAlgebraException">A matrix has an element that is not finite.</exception>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public Tensor EighValues() => Op.Apply(new EighValuesOp(), this);
}

internal sealed class EighValuesOp : FloatingOp
{
    protected override Saves Saves => Saves.First;

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        long order = Matrices.Order(Name, inputs[0].Shape);
        return [.. Matrices.Batch(inputs[0].Shape), order];
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) => Matrices.Check(
        Name,
        inputs[0].Shape,
        backend.Eigh(inputs[0].View<T>(), vectors: false, output.View<T>()),
        "has an element that is not finite",
        "Look for its source with Autograd.DetectAnomalies.");

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        (_, Tensor vectors) = SavedInput(0).Eigh();
        gradients[0] = (vectors * dy.Unsqueeze(-2)).MatMul(vectors.Transpose());
    }
}
