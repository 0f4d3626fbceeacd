using MathNet.Numerics.Providers.LinearAlgebra;

namespace NeuralNet.Backends.Cpu.Factorizations;

/// <summary>The Cholesky factor of a symmetric matrix, of which the lower triangle is read.</summary>
internal static class CholeskyFactor
{
    /// <summary>Puts the factor in place of a matrix, or returns false where it is not positive definite.</summary>
    public static bool TryFactor(ColumnMatrix a)
    {
        if (a.Length == 0)
            return true;
        try
        {
            ManagedLinearAlgebraProvider.Instance.CholeskyFactor(a.Elements, a.Rows);
        }
        catch (ArgumentException)
        {
            return false;
        }
        for (int j = 0; j < a.Columns; j++)
        {
            // NaN passes MathNet's test.
            if (!(a[j, j] > 0))
                return false;
            a.Column(j)[..j].Clear();
        }
        return true;
    }
}
