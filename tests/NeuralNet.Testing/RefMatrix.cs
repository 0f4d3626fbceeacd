namespace NeuralNet.Testing;

/// <summary>Factorisations by textbook loops, for references: other algorithms than the library's.</summary>
public static class RefMatrix
{
    private const int JacobiSweeps = 60;

    public static RefArray Identity(int n) => RefArray.Generate([n, n], i => i[0] == i[1] ? 1 : 0);

    public static RefArray Transpose(RefArray a) => RefArray.Generate([a.Sizes[1], a.Sizes[0]], i => a[i[1], i[0]]);

    public static RefArray Multiply(RefArray a, RefArray b) => RefEinsum.Compute("ij,jk->ik", [a, b]);

    /// <summary>a⁻¹·b by the elimination of Gauss and Jordan, the largest element of the column first.</summary>
    public static RefArray Solve(RefArray a, RefArray b)
    {
        int n = a.Sizes[0];
        RefArray left = Copy(a);
        RefArray right = Copy(b);
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(left[i, k]));
            Swap(left, k, pivot);
            Swap(right, k, pivot);
            double factor = 1 / left[k, k];
            Scale(left, k, factor);
            Scale(right, k, factor);
            for (int i = 0; i < n; i++)
            {
                double multiple = left[i, k];
                if (i == k || multiple == 0)
                    continue;
                Subtract(left, i, k, multiple);
                Subtract(right, i, k, multiple);
            }
        }
        return right;
    }

    /// <summary>The determinant by cofactors of the first row, for small matrices.</summary>
    public static double Determinant(RefArray a)
    {
        int n = a.Sizes[0];
        return n == 0 ? 1 : Enumerable.Range(0, n).Sum(j => (j % 2 == 0 ? 1 : -1) * a[0, j] * Determinant(Minor(a, j)));
    }

    /// <summary>The lower triangle l with l·lᵀ = a, column by column.</summary>
    public static RefArray Cholesky(RefArray a)
    {
        int n = a.Sizes[0];
        RefArray l = RefArray.Generate([n, n], _ => 0);
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double sum = a[i, j] - Enumerable.Range(0, j).Sum(k => l[i, k] * l[j, k]);
                l[i, j] = i == j ? Math.Sqrt(sum) : sum / l[j, j];
            }
        }
        return l;
    }

    /// <summary>q and r by Gram and Schmidt, twice over, so that rounding does no harm; the diagonal of r is positive.</summary>
    public static (RefArray Q, RefArray R) Qr(RefArray a)
    {
        (int m, int n) = (a.Sizes[0], a.Sizes[1]);
        int k = Math.Min(m, n);
        RefArray q = RefArray.Generate([m, k], _ => 0);
        for (int j = 0; j < k; j++)
        {
            double[] column = [.. Enumerable.Range(0, m).Select(i => a[i, j])];
            for (int pass = 0; pass < 2; pass++)
            {
                for (int p = 0; p < j; p++)
                {
                    double dot = Enumerable.Range(0, m).Sum(i => q[i, p] * column[i]);
                    for (int i = 0; i < m; i++)
                        column[i] -= dot * q[i, p];
                }
            }
            double length = Math.Sqrt(column.Sum(x => x * x));
            for (int i = 0; i < m; i++)
                q[i, j] = column[i] / length;
        }
        RefArray r = Multiply(Transpose(q), a);
        return (q, RefArray.Generate([k, n], i => i[0] <= i[1] ? r[i] : 0));
    }

    /// <summary>Eigenvalues, rising, and vectors of a symmetric matrix by the rotations of Jacobi; the largest component of each is positive.</summary>
    public static (double[] Values, RefArray Vectors) Eigh(RefArray symmetric)
    {
        int n = symmetric.Sizes[0];
        RefArray a = Copy(symmetric);
        RefArray v = Identity(n);
        for (int sweep = 0; sweep < JacobiSweeps; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                    Rotate(a, v, p, q);
            }
        }
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => a[i, i])];
        RefArray vectors = RefArray.Generate([n, n], i => v[i[0], order[i[1]]]);
        for (int j = 0; j < n; j++)
        {
            if (Largest(vectors, j) < 0)
                Negate(vectors, j);
        }
        return ([.. order.Select(i => a[i, i])], vectors);
    }

    /// <summary>u, s, vᵀ from the eigenvectors of aᵀ·a or a·aᵀ; for matrices whose singular values are not near 0.</summary>
    public static (RefArray U, double[] S, RefArray Vt) Svd(RefArray a)
    {
        (int m, int n) = (a.Sizes[0], a.Sizes[1]);
        if (m < n)
        {
            (RefArray left, double[] values, RefArray right) = Svd(Transpose(a));
            return Signed(Transpose(right), values, Transpose(left));
        }
        (_, RefArray vectors) = Eigh(Multiply(Transpose(a), a));
        RefArray v = RefArray.Generate([n, n], i => vectors[i[0], n - 1 - i[1]]);
        RefArray product = Multiply(a, v);
        double[] s = [.. Enumerable.Range(0, n).Select(j => Math.Sqrt(Enumerable.Range(0, m).Sum(i => product[i, j] * product[i, j])))];
        return Signed(RefArray.Generate([m, n], i => product[i] / s[i[1]]), s, Transpose(v));
    }

    private static (RefArray U, double[] S, RefArray Vt) Signed(RefArray u, double[] s, RefArray vt)
    {
        RefArray v = Transpose(vt);
        for (int j = 0; j < s.Length; j++)
        {
            if (Largest(u, j) < 0)
            {
                Negate(u, j);
                Negate(v, j);
            }
        }
        return (u, s, Transpose(v));
    }

    private static void Rotate(RefArray a, RefArray v, int p, int q)
    {
        if (a[p, q] == 0)
            return;
        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1);
        double s = t * c;
        int n = a.Sizes[0];
        for (int i = 0; i < n; i++)
            (a[i, p], a[i, q]) = (c * a[i, p] - s * a[i, q], s * a[i, p] + c * a[i, q]);
        for (int i = 0; i < n; i++)
            (a[p, i], a[q, i]) = (c * a[p, i] - s * a[q, i], s * a[p, i] + c * a[q, i]);
        for (int i = 0; i < n; i++)
            (v[i, p], v[i, q]) = (c * v[i, p] - s * v[i, q], s * v[i, p] + c * v[i, q]);
    }

    private static RefArray Minor(RefArray a, int column) =>
        RefArray.Generate([a.Sizes[0] - 1, a.Sizes[1] - 1], i => a[i[0] + 1, i[1] < column ? i[1] : i[1] + 1]);

    private static RefArray Copy(RefArray a) => new(a.Sizes, [.. a.Values]);

    private static double Largest(RefArray a, int column) => Enumerable.Range(0, a.Sizes[0]).Select(i => a[i, column]).MaxBy(Math.Abs);

    private static void Negate(RefArray a, int column)
    {
        for (int i = 0; i < a.Sizes[0]; i++)
            a[i, column] = -a[i, column];
    }

    private static void Swap(RefArray a, int row, int other)
    {
        for (int j = 0; j < a.Sizes[1]; j++)
            (a[row, j], a[other, j]) = (a[other, j], a[row, j]);
    }

    private static void Scale(RefArray a, int row, double factor)
    {
        for (int j = 0; j < a.Sizes[1]; j++)
            a[row, j] *= factor;
    }

    private static void Subtract(RefArray a, int row, int other, double multiple)
    {
        for (int j = 0; j < a.Sizes[1]; j++)
            a[row, j] -= multiple * a[other, j];
    }
}
