namespace NeuralNet;

/// <summary>How exactly a GPU multiplies matrices of <see cref="DType.Float32"/>.</summary>
public enum Precision
{
    /// <summary>In single precision: 24 bits.</summary>
    Full,

    /// <summary>
    /// With tensor cores where cuBLAS can: factors are rounded to TF32, which has 11 bits, and products are summed in single precision. Several times faster; a relative
    /// error of 10⁻³ is usual.
    /// </summary>
    TensorCores,
}
