using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes eigenvalues and eigenvectors of symmetric matrices: [… , n, n] → [… , n] and [… , n, n].</summary>
    /// <returns>The values in rising order, and the vectors as columns, orthonormal.</returns>
    /// <remarks>
    /// <para>The lower triangle of x is read. Vectors are defined but for their sign: here, the component that is largest in magnitude is positive.</para>
    /// <para>The gradient is that for symmetric x, and symmetric: ∂L/∂x = v·(diag(∂L/∂w) + (vᵀ·∂L/∂v) ∘ e)·vᵀ with eᵢⱼ = 1/(wⱼ − wᵢ), mirrored. Through
    /// vectors it exists where the values differ; for values alone, <see cref="EighValues"/> has it everywhere. Computed in double.</para>
    /// <para>On a GPU the matrices go through the memory of the host.</para>
    /// </remarks>
    /// <exception cref="LinearAlgebraException">A matrix has an element that is not finite.</exception>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public (Tensor Values, Tensor Vectors) Eigh() => EighOp.Unpack(Op.Apply(new EighOp(), this), Matrices.Order(nameof(Eigh), Shape));
}

/// <summary>Values and vectors, packed into one axis.</summary>
internal sealed class EighOp : FloatingOp
{
    protected override Saves Saves => Saves.Output;

    public static (Tensor Values, Tensor Vectors) Unpack(Tensor packed, long order)
    {
        long start = 0;
        Tensor values = Matrices.Unpack(packed, ref start, order);
        return (values, Matrices.Unpack(packed, ref start, order, order));
    }

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        long order = Matrices.Order(Name, inputs[0].Shape);
        return [.. Matrices.Batch(inputs[0].Shape), order * (1 + order)];
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) => Matrices.Check(
        Name,
        inputs[0].Shape,
        backend.Eigh(inputs[0].View<T>(), vectors: true, output.View<T>()),
        "has an element that is not finite",
        "Look for its source with Autograd.DetectAnomalies.");

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        long order = SavedInput(0).Shape[-1];
        (Tensor values, Tensor vectors) = Unpack(SavedOutput(), order);
        (Tensor dValues, Tensor dVectors) = Unpack(dy, order);
        Tensor inner = vectors.Transpose().MatMul(dVectors) * Matrices.ReciprocalGaps(values) + Matrices.Diagonal(dValues);
        Tensor dx = vectors.MatMul(inner).MatMul(vectors.Transpose());
        gradients[0] = (dx + dx.Transpose()) * 0.5;
    }
}
