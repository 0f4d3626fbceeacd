using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Creates a matrix from one of MathNet, whose elements are copied.</summary>
    /// <returns>A tensor of [rows, columns].</returns>
    public static Tensor From<T>(Matrix<T> matrix, Device? device = null)
        where T : unmanaged, IEquatable<T>, IFormattable
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return From<T>(matrix.ToRowMajorArray(), new Shape(matrix.RowCount, matrix.ColumnCount), device);
    }

    /// <summary>Creates a vector from one of MathNet, whose elements are copied.</summary>
    /// <returns>A tensor of [count].</returns>
    public static Tensor From<T>(Vector<T> vector, Device? device = null)
        where T : unmanaged, IEquatable<T>, IFormattable
    {
        ArgumentNullException.ThrowIfNull(vector);
        return From<T>(vector.ToArray(), new Shape(vector.Count), device);
    }

    /// <summary>Copies a tensor of [rows, columns] into a matrix of MathNet.</summary>
    /// <exception cref="ShapeException">The tensor has not two axes, or an empty one, which MathNet has not.</exception>
    /// <exception cref="DTypeException">The dtype has another element type.</exception>
    public Matrix<T> ToMatrix<T>()
        where T : unmanaged, IEquatable<T>, IFormattable
    {
        if (Rank != 2 || Length == 0)
            throw new ShapeException($"ToMatrix: a tensor of {Shape} is no matrix. Reshape it to two axes that are not empty.");
        return Matrix<T>.Build.DenseOfRowMajor((int)Shape[0], (int)Shape[1], ToArray<T>());
    }

    /// <summary>Copies a tensor of [count] into a vector of MathNet.</summary>
    /// <exception cref="ShapeException">The tensor has not one axis, or is empty, which MathNet's are not.</exception>
    /// <exception cref="DTypeException">The dtype has another element type.</exception>
    public Vector<T> ToVector<T>()
        where T : unmanaged, IEquatable<T>, IFormattable
    {
        if (Rank != 1 || Length == 0)
            throw new ShapeException($"ToVector: a tensor of {Shape} is no vector. Reshape it to one axis that is not empty.");
        return Vector<T>.Build.DenseOfArray(ToArray<T>());
    }
}
