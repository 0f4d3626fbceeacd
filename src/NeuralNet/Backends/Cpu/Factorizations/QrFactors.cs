using MathNet.Numerics.Providers.LinearAlgebra;

namespace NeuralNet.Backends.Cpu.Factorizations;

/// <summary>The factors q [m, n], whose columns are orthonormal, and r [n, n], an upper triangle, of a matrix with m ≥ n.</summary>
internal static class QrFactors
{
    public static (ColumnMatrix Q, ColumnMatrix R) Of(ColumnMatrix a)
    {
        ColumnMatrix r = new(a.Columns, a.Columns);
        if (a.Length == 0)
            return (a, r);
        ManagedLinearAlgebraProvider.Instance.ThinQRFactor(a.Elements, a.Rows, a.Columns, r.Elements, new double[a.Columns]);
        for (int i = 0; i < a.Columns; i++)
        {
            // The factors are unique once the diagonal has no negative element.
            bool isNegative = r[i, i] < 0;
            for (int j = 0; j < a.Columns; j++)
                r[i, j] = j < i ? 0 : isNegative ? -r[i, j] : r[i, j];
            if (isNegative)
                Signs.Flip(a.Column(i));
        }
        return (a, r);
    }
}
