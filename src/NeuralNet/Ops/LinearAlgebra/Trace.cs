namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Adds up the diagonal of a matrix: [n, m] → [].</summary>
    /// <returns>A scalar; Int64 for integers.</returns>
    /// <remarks>y = Σ xᵢᵢ; ∂y/∂x is 1 on the diagonal and 0 elsewhere.</remarks>
    /// <exception cref="ShapeException">The tensor is no matrix.</exception>
    /// <exception cref="DTypeException">The tensor is of a storage dtype.</exception>
    public Tensor Trace()
    {
        if (DType != DType.Bool)
            Require.Numeric(nameof(Trace), DType);
        if (Rank != 2)
            throw new ShapeException($"Trace: a tensor of {Shape}; a matrix is needed. Use Einsum(\"…ii->…\", x) for several.");
        return Diagonal().Sum();
    }
}
