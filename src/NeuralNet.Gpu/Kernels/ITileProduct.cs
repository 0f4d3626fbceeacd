using System.Numerics;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// A product of two matrices that need not exist: how to read their elements, and what to do with a result. Several products, which do not see each
/// other, are numbered. Reads are within the sizes.
/// </summary>
internal interface ITileProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The rows of the first matrix and of the result.</summary>
    int Rows { get; }

    /// <summary>The columns of the second matrix and of the result.</summary>
    int Columns { get; }

    /// <summary>The columns of the first matrix, and rows of the second.</summary>
    int Depth { get; }

    T ReadA(int product, int row, int depth);

    T ReadB(int product, int depth, int column);

    void Write(int product, int row, int column, T sum);
}
