namespace NeuralNet.Backends.Gpu;

/// <summary>A factor of a product in the terms of BLAS.</summary>
/// <param name="Operation">0 for a matrix whose rows lie together, 1 for one whose columns do, which BLAS transposes.</param>
/// <param name="LeadingSize">The distance of rows, or of columns.</param>
/// <param name="BatchStride">The distance of matrices of a batch; 0 where all products have the same factor.</param>
/// <param name="Offset">Where it begins, in elements.</param>
internal readonly record struct GemmOperand(int Operation, int LeadingSize, long BatchStride, long Offset)
{
    /// <summary>Expresses a matrix, the last two axes of a view; null for strides that BLAS does not have.</summary>
    public static GemmOperand? Of(Layout x, long batchStride) =>
        TryOf(x, x.Sizes[^2], x.Sizes[^1], x.Strides[^2], x.Strides[^1], operation: 0, batchStride)
        ?? TryOf(x, x.Sizes[^1], x.Sizes[^2], x.Strides[^1], x.Strides[^2], operation: 1, batchStride);

    /// <summary>Lines, whose elements lie together.</summary>
    private static GemmOperand? TryOf(Layout x, long lines, long length, long lineStride, long stride, int operation, long batchStride)
    {
        long leading = lines > 1 ? lineStride : Math.Max(length, 1);
        return (stride == 1 || length == 1) && leading >= length && leading <= int.MaxValue && leading > 0
            ? new(operation, (int)leading, batchStride, x.Offset)
            : null;
    }
}
