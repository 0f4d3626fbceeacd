namespace NeuralNet.Backends.Gpu;

/// <summary>A product of matrices in the terms of BLAS: sizes, and how each matrix lies in memory.</summary>
/// <param name="M">The rows of the result.</param>
/// <param name="N">Its columns.</param>
/// <param name="K">The length of the sums.</param>
/// <param name="Batch">How many products.</param>
/// <param name="A">The left factor.</param>
/// <param name="B">The right factor.</param>
/// <param name="COffset">Where the result begins, in elements.</param>
/// <param name="CLeadingSize">The distance of its rows.</param>
/// <param name="CBatchStride">The distance of results of a batch.</param>
internal readonly record struct GemmCall(
    int M, int N, int K, int Batch, GemmOperand A, GemmOperand B, long COffset, int CLeadingSize, long CBatchStride)
{
    /// <summary>Expresses the product of views; null for strides that BLAS does not have.</summary>
    public static GemmCall? Of(Layout a, Layout b, Layout c)
    {
        (long m, long n, long k) = (c.Sizes[^2], c.Sizes[^1], a.Sizes[^1]);
        if (BatchOf(a, b, c) is not { } batch
            || GemmOperand.Of(a, batch.AStride) is not { } left
            || GemmOperand.Of(b, batch.BStride) is not { } right)
            return null;
        long rowStride = m > 1 ? c.Strides[^2] : n;
        return Math.Max(Math.Max(m, n), Math.Max(k, Math.Max(batch.Count, rowStride))) > int.MaxValue || rowStride < n || k == 0
            ? null
            : new((int)m, (int)n, (int)k, (int)batch.Count, left, right, c.Offset, (int)rowStride, batch.CStride);
    }

    /// <summary>The leading axes as one; null where they are not.</summary>
    private static (long Count, long AStride, long BStride, long CStride)? BatchOf(Layout a, Layout b, Layout c)
    {
        (long count, long aStride, long bStride, long cStride) = (1, 0, 0, 0);
        for (int axis = c.Rank - 3; axis >= 0; axis--)
        {
            long size = c.Sizes[axis];
            if (size == 1)
                continue;
            if (count == 1)
                (aStride, bStride, cStride) = (a.Strides[axis], b.Strides[axis], c.Strides[axis]);
            else if (a.Strides[axis] != count * aStride || b.Strides[axis] != count * bStride || c.Strides[axis] != count * cStride)
                return null;
            count *= size;
        }
        return (count, aStride, bStride, cStride);
    }
}
