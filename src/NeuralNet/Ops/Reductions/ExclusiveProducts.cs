namespace NeuralNet;

/// <summary>
/// For each element the product of all others of its row, by a tree of products, without a division: so zeros are as good as other numbers,
/// in derivatives of any order.
/// </summary>
internal static class ExclusiveProducts
{
    /// <summary>The products for rows of [rows, n].</summary>
    public static Tensor Of(Tensor x)
    {
        long length = x.Shape[1];
        if (length <= 1)
            return Tensor.OnesLike(x);
        Tensor even = length % 2 == 0 ? x : x.Pad([0, 1], 1);
        Tensor pairs = even.Reshape(x.Shape[0], -1, 2);
        Tensor left = pairs[.., .., 0];
        Tensor right = pairs[.., .., 1];
        Tensor others = Of(left * right);
        Tensor products = Tensor.Stack([others * right, others * left], -1).Reshape(x.Shape[0], -1);
        return length % 2 == 0 ? products : products.Slice(1, 0, length);
    }
}
