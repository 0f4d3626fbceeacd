using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace NeuralNet.Backends.Cpu.Factorizations;

/// <summary>The eigenvalues, [n, 1], rising, and the eigenvectors, [n, n], as columns, of a symmetric matrix.</summary>
internal static class Eigenvectors
{
    public static (ColumnMatrix Values, ColumnMatrix Vectors) Of(ColumnMatrix a)
    {
        int n = a.Rows;
        ColumnMatrix values = new(n, 1);
        ColumnMatrix vectors = new(n, n);
        if (n == 0)
            return (values, vectors);
        Complex[] found = new Complex[n];
        ColumnMatrix columns = new(n, n);
        ManagedLinearAlgebraProvider.Instance.EigenDecomp(isSymmetric: true, n, a.Elements, columns.Elements, found, new double[columns.Length]);
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => found[i].Real)];
        for (int j = 0; j < n; j++)
        {
            values[j, 0] = found[order[j]].Real;
            columns.Column(order[j]).CopyTo(vectors.Column(j));
            if (Signs.IsFlipped(vectors.Column(j)))
                Signs.Flip(vectors.Column(j));
        }
        return (values, vectors);
    }
}
