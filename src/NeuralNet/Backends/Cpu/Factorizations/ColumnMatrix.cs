using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Factorizations;

/// <summary>A matrix in double, column by column, as MathNet takes it.</summary>
internal readonly struct ColumnMatrix(double[] elements, int rows, int columns)
{
    public ColumnMatrix(int rows, int columns)
        : this(new double[(long)rows * columns], rows, columns)
    {
    }

    public double[] Elements { get; } = elements;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public long Length => Elements.Length;

    public ref double this[int row, int column] => ref Elements[(long)column * Rows + row];

    public Span<double> Column(int column) => Elements.AsSpan(column * Rows, Rows);

    public bool IsFinite() => Array.TrueForAll(Elements, double.IsFinite);

    public ColumnMatrix Transpose()
    {
        ColumnMatrix transposed = new(Columns, Rows);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
                transposed[j, i] = this[i, j];
        }
        return transposed;
    }

    /// <summary>Makes the upper triangle that of a symmetric matrix.</summary>
    public void MirrorLowerTriangle()
    {
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < i; j++)
                this[j, i] = this[i, j];
        }
    }

    /// <summary>Writes the elements, row by row, into dense memory from a position on.</summary>
    public void Store<T>(View<T> y, long start)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Elements.Length == 0)
            return;
        ref T target = ref Unsafe.Add(ref y.Reference(), (nint)start);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
                Unsafe.Add(ref target, i * (nint)Columns + j) = T.CreateTruncating(this[i, j]);
        }
    }
}
