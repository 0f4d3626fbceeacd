using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the determinants of matrices: [… , n, n] → […].</summary>
    /// <remarks>
    /// ∂L/∂x = ∂L/∂y·cofactors(x), which is y·x⁻ᵀ for regular matrices; also singular ones have it, but no second derivative there. By LU factors with
    /// partial pivoting, in double. <see cref="SlogDet"/> neither over- nor underflows.
    /// On a GPU the matrices go through the memory of the host.
    /// </remarks>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public Tensor Det() => Op.Apply(new DetOp(), this);
}

internal sealed class DetOp : FloatingOp
{
    protected override Saves Saves => Saves.First | Saves.Output;

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        Matrices.Order(Name, inputs[0].Shape);
        return Matrices.Batch(inputs[0].Shape);
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        backend.Determinant(inputs[0].View<T>(), logarithmic: false, output.View<T>());

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor x = SavedInput(0);
        Tensor y = SavedOutput();
        Tensor scale = dy.Unsqueeze(-1).Unsqueeze(-1);
        gradients[0] = y.Equal(0).Any().Item<bool>()
            ? scale * Cofactors(x)
            : scale * y.Unsqueeze(-1).Unsqueeze(-1) * x.Inverse().Transpose();
    }

    /// <summary>The cofactors of any matrix: with x = u·diag(s)·vᵀ, those of u and v are themselves, but for the sign.</summary>
    private static Tensor Cofactors(Tensor x)
    {
        (Tensor u, Tensor s, Tensor vh) = x.Svd();
        long order = s.Shape[-1];
        Tensor products = ExclusiveProducts.Of(s.Reshape(s.Length / Math.Max(1, order), order)).Reshape(s.Shape);
        return (u * products.Unsqueeze(-2)).MatMul(vh) * u.MatMul(vh).Det().Unsqueeze(-1).Unsqueeze(-1);
    }
}
