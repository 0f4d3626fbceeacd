using System.Numerics;
using NeuralNet.Backends.Cpu.Factorizations;

namespace NeuralNet.Backends.Cpu;

// MathNet has the algorithms. They work on arrays of its own layout, which are the collector's: the one place where a kernel allocates.
internal sealed partial class CpuBackend
{
    public long Inverse<T>(View<T> x, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => Replace(x, Lu.TryInvert, y);

    public long Solve<T>(View<T> a, View<T> b, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using MatrixBatch<T> matrices = new(this, a);
        using MatrixBatch<T> sides = new(this, b);
        for (long i = 0; i < matrices.Count; i++)
        {
            ColumnMatrix side = sides.Load(i);
            if (!Lu.TrySolve(matrices.Load(i), side))
                return i;
            side.Store(y, i * side.Length);
        }
        return -1;
    }

    public long Cholesky<T>(View<T> x, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => Replace(x, CholeskyFactor.TryFactor, y);

    public void Determinant<T>(View<T> x, bool logarithmic, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using MatrixBatch<T> batch = new(this, x);
        for (long i = 0; i < batch.Count; i++)
        {
            if (logarithmic)
            {
                (double sign, double logarithm) = Lu.SignAndLogarithm(batch.Load(i));
                new ColumnMatrix([sign, logarithm], 2, 1).Store(y, 2 * i);
            }
            else
            {
                new ColumnMatrix([Lu.Determinant(batch.Load(i))], 1, 1).Store(y, i);
            }
        }
    }

    public void Qr<T>(View<T> x, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using MatrixBatch<T> batch = new(this, x);
        for (long i = 0; i < batch.Count; i++)
        {
            (ColumnMatrix q, ColumnMatrix r) = QrFactors.Of(batch.Load(i));
            long start = i * (q.Length + r.Length);
            q.Store(y, start);
            r.Store(y, start + q.Length);
        }
    }

    public long Svd<T>(View<T> x, bool vectors, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using MatrixBatch<T> batch = new(this, x);
        for (long i = 0; i < batch.Count; i++)
        {
            ColumnMatrix matrix = batch.Load(i);
            if (!matrix.IsFinite())
                return i;
            SingularVectors factors = SingularVectors.Of(matrix, vectors);
            long start = i * (vectors ? factors.U.Length + factors.S.Length + factors.Vt.Length : factors.S.Length);
            if (vectors)
            {
                factors.U.Store(y, start);
                factors.Vt.Store(y, start + factors.U.Length + factors.S.Length);
                start += factors.U.Length;
            }
            factors.S.Store(y, start);
        }
        return -1;
    }

    public long Eigh<T>(View<T> x, bool vectors, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using MatrixBatch<T> batch = new(this, x);
        for (long i = 0; i < batch.Count; i++)
        {
            ColumnMatrix matrix = batch.Load(i);
            matrix.MirrorLowerTriangle();
            if (!matrix.IsFinite())
                return i;
            (ColumnMatrix values, ColumnMatrix columns) = Eigenvectors.Of(matrix);
            long start = i * (values.Length + (vectors ? columns.Length : 0));
            values.Store(y, start);
            if (vectors)
                columns.Store(y, start + values.Length);
        }
        return -1;
    }

    /// <summary>y = what a function puts in place of each matrix; ends at the first that has none.</summary>
    private long Replace<T>(View<T> x, Func<ColumnMatrix, bool> tryReplace, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using MatrixBatch<T> batch = new(this, x);
        for (long i = 0; i < batch.Count; i++)
        {
            ColumnMatrix matrix = batch.Load(i);
            if (!tryReplace(matrix))
                return i;
            matrix.Store(y, i * matrix.Length);
        }
        return -1;
    }
}
