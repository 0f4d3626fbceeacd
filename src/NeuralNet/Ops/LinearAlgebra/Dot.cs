namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the scalar product of two vectors: [n] · [n] = [].</summary>
    /// <param name="other">The other vector, of the same length and dtype.</param>
    /// <remarks>y = Σ aᵢ·bᵢ, ∂y/∂a = b, ∂y/∂b = a. 0 for empty vectors. The products are added pairwise (<see cref="Sum()"/>).</remarks>
    /// <exception cref="ShapeException">One of them is no vector, or the lengths differ.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor Dot(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Require.FloatingPoint(nameof(Dot), Require.SameDType(nameof(Dot), this, other));
        if (Rank != 1 || other.Rank != 1 || Length != other.Length)
            throw new ShapeException($"Dot: shapes {Shape} and {other.Shape}; two vectors of one length are needed. Use MatMul for "
                + "matrices.");
        return (this * other).Sum();
    }
}
