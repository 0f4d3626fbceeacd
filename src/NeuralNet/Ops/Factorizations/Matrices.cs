namespace NeuralNet;

/// <summary>What the factorisations share: the checks of shapes, and what goes wrong in a matrix.</summary>
internal static class Matrices
{
    /// <summary>The host's arrays hold no more.</summary>
    private const long LargestLength = 0x7FFFFFC7;

    /// <summary>The sizes of the matrices of a batch [… , m, n].</summary>
    /// <exception cref="ShapeException">There are no two axes, or too many elements for a factorisation.</exception>
    public static (long Rows, long Columns) Sizes(string where, Shape shape)
    {
        if (shape.Rank < 2)
            throw new ShapeException($"{where}: a tensor of {shape}; matrices [… , m, n] are needed. Reshape it to two axes at least.");
        if ((Int128)shape[-2] * shape[-1] > LargestLength)
            throw new ShapeException($"{where}: matrices of {shape}; factorisations take matrices of at most {LargestLength} elements.");
        return (shape[-2], shape[-1]);
    }

    /// <summary>The size of the square matrices of a batch [… , n, n].</summary>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    public static long Order(string where, Shape shape)
    {
        (long rows, long columns) = Sizes(where, shape);
        return rows == columns
            ? rows
            : throw new ShapeException($"{where}: matrices of {shape}; square ones [… , n, n] are needed, {rows} differs from {columns}.");
    }

    /// <summary>The shape itself, once it is certain that it is one of square matrices.</summary>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    public static Shape Square(string where, Shape shape)
    {
        Order(where, shape);
        return shape;
    }

    /// <summary>The axes before the last two.</summary>
    public static Shape Batch(Shape shape) => new(shape.Span[..^2]);

    /// <summary>Throws where a kernel returned the number of a matrix that has no result.</summary>
    /// <exception cref="LinearAlgebraException">One has none.</exception>
    public static void Check(string where, Shape shape, long failed, string fault, string help)
    {
        if (failed >= 0)
            throw new LinearAlgebraException($"{where}: {(shape.Rank == 2 ? "the matrix" : $"matrix {failed}")} of {shape} {fault}. {help}", failed);
    }

    /// <summary>A matrix of these elements on the diagonal, for each vector of a batch [… , n].</summary>
    public static Tensor Diagonal(Tensor elements) =>
        elements.Unsqueeze(-1) * Tensor.Eye(elements.Shape[-1], dtype: elements.DType, device: elements.Device);

    /// <summary>
    /// 1 / (xⱼ − xᵢ) for vectors [… , n], and 0 where the difference is 0: what stands above such a one in a gradient is 0 for every function
    /// that has one.
    /// </summary>
    public static Tensor ReciprocalGaps(Tensor x)
    {
        Tensor gaps = x.Unsqueeze(-2) - x.Unsqueeze(-1);
        return Tensor.Where(gaps.Equal(0), double.PositiveInfinity, gaps).Reciprocal();
    }

    /// <summary>Takes [… , rows, columns] out of the last axis of packed results, from a position on, which moves.</summary>
    public static Tensor Unpack(Tensor packed, ref long start, params ReadOnlySpan<long> sizes)
    {
        long length = 1;
        foreach (long size in sizes)
            length *= size;
        Tensor part = packed.Slice(-1, start, length).Reshape([.. packed.Shape.Span[..^1], .. sizes]);
        start += length;
        return part;
    }
}
