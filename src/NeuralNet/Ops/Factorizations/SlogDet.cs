using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>
    /// Computes the sign of the determinants of matrices, and the logarithm of their magnitude, which neither over- nor underflows: [… , n, n] → […] twice.
    /// </summary>
    /// <returns>Signs −1, 0 or 1, through which no gradient flows, and logarithms: −∞ for singular matrices.</returns>
    /// <remarks>
    /// ∂ log|det x| / ∂x = x⁻ᵀ. By LU factors with partial pivoting, in double.
    /// On a GPU the matrices go through the memory of the host.
    /// </remarks>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public (Tensor Sign, Tensor LogAbs) SlogDet()
    {
        Tensor packed = Op.Apply(new SlogDetOp(), this);
        return (packed.Slice(-1, 0, 1).Squeeze(-1), packed.Slice(-1, 1, 1).Squeeze(-1));
    }
}

/// <summary>Sign and logarithm, packed into one axis.</summary>
internal sealed class SlogDetOp : FloatingOp
{
    protected override Saves Saves => Saves.First;

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        Matrices.Order(Name, inputs[0].Shape);
        return [.. Matrices.Batch(inputs[0].Shape), 2];
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        backend.Determinant(inputs[0].View<T>(), logarithmic: true, output.View<T>());

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) =>
        gradients[0] = dy.Slice(-1, 1, 1).Unsqueeze(-1) * SavedInput(0).Inverse().Transpose();
}
