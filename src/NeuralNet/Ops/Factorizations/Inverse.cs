using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Inverts matrices: [… , n, n] → [… , n, n].</summary>
    /// <remarks>
    /// y = x⁻¹, ∂L/∂x = −yᵀ·∂L/∂y·yᵀ. By LU factors with partial pivoting, in double. To multiply with an inverse, <see cref="Solve"/> is faster
    /// and more accurate.
    /// On a GPU the matrices go through the memory of the host.
    /// </remarks>
    /// <exception cref="LinearAlgebraException">A matrix is singular.</exception>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public Tensor Inverse() => Op.Apply(new InverseOp(), this);
}

internal sealed class InverseOp : FloatingOp
{
    protected override Saves Saves => Saves.Output;

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs) => Matrices.Square(Name, inputs[0].Shape);

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) => Matrices.Check(
        Name,
        output.Shape,
        backend.Inverse(inputs[0].View<T>(), output.View<T>()),
        "is singular",
        "It has no inverse; add a small multiple of the identity, or use Svd.");

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor yt = SavedOutput().Transpose();
        gradients[0] = -yt.MatMul(dy).MatMul(yt);
    }
}
