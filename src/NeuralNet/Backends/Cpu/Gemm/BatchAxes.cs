using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>
/// The leading axes of a batched product: their sizes, and the strides of a, b and c along them, in elements; 0 where broadcast.
/// </summary>
internal struct BatchAxes
{
    private Values _sizes;
    private Values _a;
    private Values _b;
    private Values _c;

    public int Rank { get; private set; }

    /// <summary>Appends an axis inside the others, or makes it one with the last where the memory allows it.</summary>
    public void Add(long size, long a, long b, long c)
    {
        if (size == 1)
            return;
        int last = Rank - 1;
        if (last >= 0 && _a[last] == size * a && _b[last] == size * b && _c[last] == size * c)
        {
            _sizes[last] *= size;
            _a[last] = a;
            _b[last] = b;
            _c[last] = c;
            return;
        }
        _sizes[Rank] = size;
        _a[Rank] = a;
        _b[Rank] = b;
        _c[Rank] = c;
        Rank++;
    }

    /// <summary>
    /// Takes the last axis off and counts it as rows, if all its matrices meet the same b and the rows of a and of c go on evenly:
    /// [batch, m, k] · [k, n] is one product of batch · m rows.
    /// </summary>
    public bool TryMergeIntoRows(ref nint m, ref nint aRow, ref nint cRow)
    {
        int last = Rank - 1;
        if (last < 0 || _b[last] != 0)
            return false;
        if (m == 1)
        {
            aRow = (nint)_a[last];
            cRow = (nint)_c[last];
        }
        else if (_a[last] != m * aRow || _c[last] != m * cRow)
        {
            return false;
        }
        m *= (nint)_sizes[last];
        Rank--;
        return true;
    }

    /// <summary>The number of matrices.</summary>
    public readonly long Count()
    {
        long count = 1;
        for (int axis = 0; axis < Rank; axis++)
            count *= _sizes[axis];
        return count;
    }

    /// <summary>Where the matrices of one place in the batch start.</summary>
    public readonly void Locate(long index, out nint a, out nint b, out nint c)
    {
        long offsetA = 0, offsetB = 0, offsetC = 0;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            (index, long position) = Math.DivRem(index, _sizes[axis]);
            offsetA += position * _a[axis];
            offsetB += position * _b[axis];
            offsetC += position * _c[axis];
        }
        (a, b, c) = ((nint)offsetA, (nint)offsetB, (nint)offsetC);
    }

    [InlineArray(Shape.MaxRank)]
    private struct Values
    {
        private long _first;
    }
}
