namespace NeuralNet.Testing;

/// <summary>How far results may lie from references: the only place where tolerances stand.</summary>
public static class Tolerances
{
    /// <summary>Integers, moved elements, bit-equal paths.</summary>
    public static Tolerance Exact { get; } = new(0, 0);

    /// <summary>Second and first gradients against central differences.</summary>
    public const double CentralDifference = 1e-6;

    /// <summary>The sum of 10⁷ equal floats against the exact product.</summary>
    public static Tolerance LongSum { get; } = new(1e-6, 0);

    /// <summary>
    /// Functions of single elements, relative to the number itself down to the denormals; sums relative to the largest term of order 1.
    /// </summary>
    public static Tolerance Value(DType dtype, bool isElementwise) => dtype switch
    {
        DType.Float32 => isElementwise ? new(6e-7, float.Epsilon) : new(2e-6, 1),
        DType.Float64 => isElementwise ? new(2e-15, double.Epsilon) : new(1e-14, 1),
        _ => Exact,
    };

    /// <summary>Gradients are chains of several operations, in which 1 − y² and the like cancel.</summary>
    public static Tolerance Gradient(DType dtype) => dtype == DType.Float32 ? new(3e-6, 1) : new(1e-13, 1);
}
