namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the Kronecker product: every element of this tensor times the whole other one, side by side.</summary>
    /// <param name="other">The other factor, of the same dtype; the one of fewer axes gets axes of size 1 in front.</param>
    /// <returns>A tensor whose sizes are the products of the sizes of both.</returns>
    /// <remarks>y[i₀·b₀ + j₀, …] = a[i₀, …]·b[j₀, …], with b₀ the size of b on that axis.</remarks>
    /// <exception cref="ShapeException">More than eight axes are needed: one for each size other than 1 of both.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    public Tensor Kron(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Require.Numeric(nameof(Kron), Require.SameDType(nameof(Kron), this, other));
        int rank = Math.Max(Rank, other.Rank);
        List<long> left = [];
        List<long> right = [];
        long[] product = new long[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            long a = SizeFromEnd(Shape, rank - axis);
            long b = SizeFromEnd(other.Shape, rank - axis);
            product[axis] = checked(a * b);
            // Axes of size 1 need none of their own, so that factors of many axes stay within what a tensor may have.
            AddAxis(a, 1);
            AddAxis(1, b);
        }
        if (left.Count > Shape.MaxRank)
            throw new ShapeException($"Kron: shapes {Shape} and {other.Shape} have {left.Count} sizes other than 1 together, of which at "
                + $"most {Shape.MaxRank} are possible. Merge axes with Reshape.");
        return (Reshape(new Shape([.. left])) * other.Reshape(new Shape([.. right]))).Reshape(new Shape(product.AsSpan()));

        void AddAxis(long a, long b)
        {
            if (a == 1 && b == 1)
                return;
            left.Add(a);
            right.Add(b);
        }
    }

    private static long SizeFromEnd(Shape shape, int axis) => axis <= shape.Rank ? shape.Span[^axis] : 1;
}
