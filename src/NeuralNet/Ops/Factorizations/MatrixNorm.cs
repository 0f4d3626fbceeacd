namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes a norm of matrices: [… , m, n] → […].</summary>
    /// <param name="kind">Which norm.</param>
    /// <param name="keepDims">Whether the last two axes stay, with size 1.</param>
    /// <exception cref="ShapeException">The tensor has fewer than two axes, or an empty matrix has no such norm.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public Tensor MatrixNorm(MatrixNormKind kind = MatrixNormKind.Frobenius, bool keepDims = false)
    {
        Require.FloatingPoint(nameof(MatrixNorm), DType);
        Matrices.Sizes(nameof(MatrixNorm), Shape);
        Tensor norm = kind switch
        {
            MatrixNormKind.Frobenius => Norm(2, [-2, -1]),
            MatrixNormKind.Nuclear => SvdValues().Sum(-1),
            MatrixNormKind.Spectral => SvdValues().Max(-1),
            MatrixNormKind.LeastSingularValue => SvdValues().Min(-1),
            MatrixNormKind.GreatestColumn => Abs().Sum(-2).Max(-1),
            MatrixNormKind.LeastColumn => Abs().Sum(-2).Min(-1),
            MatrixNormKind.GreatestRow => Abs().Sum(-1).Max(-1),
            MatrixNormKind.LeastRow => Abs().Sum(-1).Min(-1),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "MatrixNorm: no such norm. Use a member of MatrixNormKind."),
        };
        return keepDims ? norm.Unsqueeze(-1).Unsqueeze(-1) : norm;
    }
}
