using MathNet.Numerics.Providers.LinearAlgebra;

namespace NeuralNet.Backends.Cpu.Factorizations;

/// <summary>What follows from the LU factors of a square matrix, found with partial pivoting.</summary>
internal static class Lu
{
    /// <summary>Puts the inverse in place of a matrix, or returns false where it is singular.</summary>
    public static bool TryInvert(ColumnMatrix a)
    {
        if (!TryFactor(a, out int[] pivots))
            return false;
        if (a.Length > 0)
            ManagedLinearAlgebraProvider.Instance.LUInverseFactored(a.Elements, a.Rows, pivots);
        return true;
    }

    /// <summary>Puts a⁻¹·b in place of b, or returns false where a is singular; a becomes its factors.</summary>
    public static bool TrySolve(ColumnMatrix a, ColumnMatrix b)
    {
        if (!TryFactor(a, out int[] pivots))
            return false;
        if (b.Length > 0)
            ManagedLinearAlgebraProvider.Instance.LUSolveFactored(b.Columns, a.Elements, a.Rows, pivots, b.Elements);
        return true;
    }

    public static double Determinant(ColumnMatrix a)
    {
        int[] pivots = Factor(a);
        double determinant = 1;
        for (int i = 0; i < a.Rows; i++)
            determinant *= pivots[i] == i ? a[i, i] : -a[i, i];
        return determinant;
    }

    /// <summary>The sign of the determinant (0 for a singular matrix), and the logarithm of its magnitude (then −∞).</summary>
    public static (double Sign, double Logarithm) SignAndLogarithm(ColumnMatrix a)
    {
        int[] pivots = Factor(a);
        double sign = 1;
        double logarithm = 0;
        for (int i = 0; i < a.Rows; i++)
        {
            double pivot = pivots[i] == i ? a[i, i] : -a[i, i];
            sign *= double.IsNaN(pivot) ? pivot : Math.Sign(pivot);
            logarithm += Math.Log(Math.Abs(pivot));
        }
        return (sign, logarithm);
    }

    private static bool TryFactor(ColumnMatrix a, out int[] pivots)
    {
        pivots = Factor(a);
        for (int i = 0; i < a.Rows; i++)
        {
            if (a[i, i] == 0)
                return false;
        }
        return true;
    }

    private static int[] Factor(ColumnMatrix a)
    {
        int[] pivots = new int[a.Rows];
        if (a.Length > 0)
            ManagedLinearAlgebraProvider.Instance.LUFactor(a.Elements, a.Rows, pivots);
        return pivots;
    }
}
