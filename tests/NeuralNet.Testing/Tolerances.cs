namespace NeuralNet.Testing;

/// <summary>How far results may lie from references: the only place where tolerances stand.</summary>
public static class Tolerances
{
    /// <summary>First and second gradients against central differences.</summary>
    public const double CentralDifference = 1e-6;

    /// <summary>Integers and moved elements.</summary>
    public static Tolerance Exact { get; } = new(0, 0);

    /// <summary>The sum of 10⁷ equal floats against the exact product.</summary>
    public static Tolerance LongSum { get; } = new(1e-6, 0);

    /// <summary>
    /// A value. Functions of single elements are as accurate as the number is, down to the denormals. Sums cancel, so that their errors are
    /// relative to the largest element of the result.
    /// </summary>
    public static Tolerance Value(DType dtype, bool isElementwise, IReadOnlyList<double> expected) => dtype switch
    {
        DType.Float32 => isElementwise ? new(3e-7, float.Epsilon) : new(1e-6, Largest(expected)),
        DType.Float64 => isElementwise ? new(2e-15, double.Epsilon) : new(1e-14, Largest(expected)),
        _ => Exact,
    };

    /// <summary>A gradient in float: in its chain of operations 1 − y² and the like cancel against 1, and sums against the largest.</summary>
    public static Tolerance FloatGradient(bool isLocal, IReadOnlyList<double> expected) => new(2e-6, isLocal ? 1 : Largest(expected));

    /// <summary>Layers, losses, optimizers and whole trainings against libtorch, which sums in another order.</summary>
    public static Tolerance Golden(DType dtype) => dtype == DType.Float32 ? new(1e-6, 1) : new(1e-12, 1e-2);

    private static double Largest(IReadOnlyList<double> values) => values.Select(Math.Abs).Where(double.IsFinite).Append(1).Max();
}
