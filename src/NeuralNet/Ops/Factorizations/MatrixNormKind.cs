namespace NeuralNet;

/// <summary>The norms of matrices that <see cref="Tensor.MatrixNorm"/> computes, with PyTorch's names for them.</summary>
public enum MatrixNormKind
{
    /// <summary>The root of the sum of squares; "fro".</summary>
    Frobenius,

    /// <summary>The sum of the singular values; "nuc".</summary>
    Nuclear,

    /// <summary>The greatest singular value; 2.</summary>
    Spectral,

    /// <summary>The least singular value; −2.</summary>
    LeastSingularValue,

    /// <summary>The greatest sum of magnitudes of a column; 1.</summary>
    GreatestColumn,

    /// <summary>The least sum of magnitudes of a column; −1.</summary>
    LeastColumn,

    /// <summary>The greatest sum of magnitudes of a row; ∞.</summary>
    GreatestRow,

    /// <summary>The least sum of magnitudes of a row; −∞.</summary>
    LeastRow,
}
