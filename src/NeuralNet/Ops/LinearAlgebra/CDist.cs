using NeuralNet.Memory;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the distance of each row of a matrix to each row of another: [… , n, d], [… , m, d] → [… , n, m].</summary>
    /// <param name="x1">The first points, one a row.</param>
    /// <param name="x2">The second points, of the same dtype; leading axes broadcast.</param>
    /// <param name="p">Which distance: 2 for Euclid's, 1 for the sum of differences, <see cref="double.PositiveInfinity"/> for the largest
    /// one, 0 for the number of coordinates that differ, any other positive number for its norm.</param>
    /// <remarks>
    /// y = (Σ |x1 − x2|ᵖ)^(1/p). The gradient is 0 where two points coincide, and shared between equal largest differences for p = ∞. The
    /// differences are computed as such, n·m·d of them, and so near points lose no digits.
    /// </remarks>
    /// <exception cref="ShapeException">A tensor has fewer than two axes, the last sizes differ, or leading axes do not
    /// broadcast.</exception>
    /// <exception cref="ArgumentOutOfRangeException">p is negative or NaN.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public static Tensor CDist(Tensor x1, Tensor x2, double p = 2)
    {
        ArgumentNullException.ThrowIfNull(x1);
        ArgumentNullException.ThrowIfNull(x2);
        Require.FloatingPoint(nameof(CDist), Require.SameDType(nameof(CDist), x1, x2));
        DistanceNorm.RequireNorm(nameof(CDist), p);
        (Shape a, Shape b) = (x1.Shape, x2.Shape);
        if (a.Rank < 2 || b.Rank < 2 || a[-1] != b[-1])
            throw new ShapeException($"CDist: shapes {a} and {b}; rows of one length are needed, in matrices or batches of them. Use "
                + "Reshape or Transpose.");
        if (Shape.TryBroadcast(new(a.Span[..^2]), new(b.Span[..^2])) is null)
            throw new ShapeException($"CDist: the leading axes of {a} and {b} do not broadcast. They must be equal or 1.");
        Temporaries temporaries = Temporaries.Begin();
        Tensor? result = null;
        try
        {
            Tensor rows = x1.Reshape(new Shape([.. a.Span[..^1], 1, a[-1]]));
            Tensor columns = x2.Reshape(new Shape([.. b.Span[..^2], 1, b[-2], b[-1]]));
            Tensor difference = rows - columns;
            return result = DistanceNorm.Of(difference, p, difference.Rank - 1, keepDims: false);
        }
        finally
        {
            temporaries.End(result);
        }
    }
}
