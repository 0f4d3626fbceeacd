using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Factors symmetric positive definite matrices: [… , n, n] → [… , n, n], y·yᵀ = x.</summary>
    /// <returns>Lower triangles with a positive diagonal.</returns>
    /// <remarks>
    /// The lower triangle of x is read. The gradient is that for symmetric x, and symmetric: ∂L/∂x = ½(g + gᵀ), g = y⁻ᵀ·φ(yᵀ·∂L/∂y)·y⁻¹, where φ keeps
    /// the lower triangle and halves the diagonal (I. Murray, "Differentiation of the Cholesky decomposition", 2016). Computed in double.
    /// On a GPU the matrices go through the memory of the host.
    /// </remarks>
    /// <exception cref="LinearAlgebraException">A matrix is not positive definite.</exception>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public Tensor Cholesky() => Op.Apply(new CholeskyOp(), this);
}

internal sealed class CholeskyOp : FloatingOp
{
    protected override Saves Saves => Saves.Output;

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs) => Matrices.Square(Name, inputs[0].Shape);

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) => Matrices.Check(
        Name,
        output.Shape,
        backend.Cholesky(inputs[0].View<T>(), output.View<T>()),
        "is not positive definite",
        "Add a small multiple of the identity.");

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor yt = SavedOutput().Transpose();
        Tensor lower = yt.MatMul(dy).Tril();
        Tensor phi = lower - Matrices.Diagonal(lower.Diagonal(axis1: -2, axis2: -1)) * 0.5;
        Tensor g = yt.Solve(yt.Solve(phi).Transpose());
        gradients[0] = (g + g.Transpose()) * 0.5;
    }
}
