namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Multiplies each element of a vector with each of another: [n], [m] → [n, m].</summary>
    /// <param name="other">The other vector, of the same dtype.</param>
    /// <remarks>yᵢⱼ = aᵢ·bⱼ, ∂L/∂a = ∂L/∂y · b, ∂L/∂b = (∂L/∂y)ᵀ · a.</remarks>
    /// <exception cref="ShapeException">One of them is no vector.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    public Tensor Outer(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Require.Numeric(nameof(Outer), Require.SameDType(nameof(Outer), this, other));
        if (Rank != 1 || other.Rank != 1)
            throw new ShapeException($"Outer: shapes {Shape} and {other.Shape}; two vectors are needed. Use Reshape(x.Length).");
        return Reshape(Length, 1) * other;
    }
}
