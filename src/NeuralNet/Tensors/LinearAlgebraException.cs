namespace NeuralNet;

/// <summary>Thrown when a matrix has not what a factorisation needs: an inverse, a Cholesky factor, finite elements.</summary>
public sealed class LinearAlgebraException : ArithmeticException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="matrix">The number of the matrix in its batch, in row-major order.</param>
    public LinearAlgebraException(string message, long matrix)
        : base(message) => Matrix = matrix;

    /// <summary>Gets the number of the matrix in its batch, in row-major order; 0 for a single one.</summary>
    public long Matrix { get; }
}
