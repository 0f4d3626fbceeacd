namespace NeuralNet;

/// <summary>The p-norm of differences, whose gradient stays finite where they are 0.</summary>
internal static class DistanceNorm
{
    /// <exception cref="ArgumentOutOfRangeException">p is negative or NaN.</exception>
    public static void RequireNorm(string name, double p)
    {
        if (!(p >= 0))
            throw new ArgumentOutOfRangeException(nameof(p), p, $"{name}: p = {p} makes no norm. Give 0 or more; ∞ is "
                + "double.PositiveInfinity.");
    }

    /// <summary>
    /// (Σ |x|ᵖ)^(1/p) along an axis; the largest |x| for p = ∞, the number of elements other than 0 for p = 0. The gradient is 0 where the
    /// norm is.
    /// </summary>
    public static Tensor Of(Tensor x, double p, int axis, bool keepDims)
    {
        // The sum of nothing is 0; the largest of nothing is nothing.
        if (p == 1 || x.Shape.Span[axis] == 0)
            return x.Abs().Sum(axis, keepDims);
        if (p == 0)
            return x.Sign().Abs().Sum(axis, keepDims);
        if (p == 2)
            return Root((x * x).Sum(axis, keepDims), sum => sum.Sqrt());
        if (double.IsPositiveInfinity(p))
            return x.Abs().Max(axis, keepDims);
        return Root(Root(x.Abs(), size => size.Pow(p)).Sum(axis, keepDims), sum => sum.Pow(1 / p));
    }

    /// <summary>A function that is 0 at 0 with a derivative that may be infinite there: 0 stands in for it.</summary>
    private static Tensor Root(Tensor x, Func<Tensor, Tensor> function)
    {
        Tensor isZero = x.Equal(0);
        return Tensor.Where(isZero, 0, function(Tensor.Where(isZero, 1, x)));
    }
}
