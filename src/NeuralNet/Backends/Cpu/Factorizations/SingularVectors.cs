using MathNet.Numerics.Providers.LinearAlgebra;

namespace NeuralNet.Backends.Cpu.Factorizations;

/// <summary>The thin singular value decomposition of a matrix [m, n], k = min(m, n).</summary>
/// <param name="U">The left singular vectors, [m, k], as columns.</param>
/// <param name="S">The singular values, [k, 1], falling.</param>
/// <param name="Vt">The right singular vectors, [k, n], as rows.</param>
internal readonly record struct SingularVectors(ColumnMatrix U, ColumnMatrix S, ColumnMatrix Vt)
{
    /// <summary>Decomposes a matrix; without vectors, those are not to be used.</summary>
    public static SingularVectors Of(ColumnMatrix a, bool vectors)
    {
        if (a.Length == 0)
            return new(new(a.Rows, 0), new(0, 1), new(0, a.Columns));
        SingularVectors factors = a.Rows >= a.Columns ? OfTall(a, vectors) : OfTall(a.Transpose(), vectors);
        if (vectors && a.Rows < a.Columns)
            factors = new(factors.Vt.Transpose(), factors.S, factors.U.Transpose());
        if (vectors)
            factors.FixSigns();
        return factors;
    }

    private static SingularVectors OfTall(ColumnMatrix a, bool vectors)
    {
        if (a.Rows == a.Columns)
            return OfSquare(a, vectors);
        // MathNet makes all of u, [m, m]. With the QR factors first, nothing is larger than the matrix itself.
        (ColumnMatrix q, ColumnMatrix r) = QrFactors.Of(a);
        SingularVectors factors = OfSquare(r, vectors);
        if (!vectors)
            return factors;
        ColumnMatrix u = new(a.Rows, a.Columns);
        ManagedLinearAlgebraProvider.Instance.MatrixMultiply(q.Elements, q.Rows, q.Columns, factors.U.Elements, a.Columns, a.Columns, u.Elements);
        return factors with { U = u };
    }

    private static SingularVectors OfSquare(ColumnMatrix a, bool vectors)
    {
        int n = a.Rows;
        SingularVectors factors = new(new(n, n), new(n, 1), new(n, n));
        ManagedLinearAlgebraProvider.Instance.SingularValueDecomposition(vectors, a.Elements, n, n, factors.S.Elements, factors.U.Elements, factors.Vt.Elements);
        return factors;
    }

    private void FixSigns()
    {
        for (int j = 0; j < U.Columns; j++)
        {
            if (!Signs.IsFlipped(U.Column(j)))
                continue;
            Signs.Flip(U.Column(j));
            for (int i = 0; i < Vt.Columns; i++)
                Vt[j, i] = -Vt[j, i];
        }
    }
}
