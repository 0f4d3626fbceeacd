using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralNet.Backends.Cpu.Factorizations;

/// <summary>The matrices of a batch [… , m, n] of any layout, by number.</summary>
internal readonly ref struct MatrixBatch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Scratch<T> _dense;

    public MatrixBatch(IComputeBackend backend, View<T> x)
    {
        ReadOnlySpan<long> sizes = x.Layout.Sizes;
        (Rows, Columns) = ((int)sizes[^2], (int)sizes[^1]);
        Count = 1;
        foreach (long size in sizes[..^2])
            Count *= size;
        _dense = new(backend, Layout.Contiguous(x.Layout.Shape));
        if (!x.IsEmpty)
            backend.Copy(x, _dense.View);
    }

    /// <summary>Gets the number of matrices.</summary>
    public long Count { get; }

    private int Rows { get; }

    private int Columns { get; }

    /// <summary>Copies a matrix, in double.</summary>
    public ColumnMatrix Load(long number)
    {
        ColumnMatrix matrix = new(Rows, Columns);
        if (matrix.Length == 0)
            return matrix;
        ReadOnlySpan<T> rows = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _dense.Reference(), (nint)(number * matrix.Length)), matrix.Elements.Length);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
                matrix[i, j] = double.CreateTruncating(rows[i * Columns + j]);
        }
        return matrix;
    }

    public void Dispose() => _dense.Dispose();
}
