namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Products() =>
    [
        Product("matrices", [3, 5], [5, 4]),
        Product("inner size 1", [3, 1], [1, 4]),
        Product("row", [1, 5], [5, 4]),
        Product("column", [3, 5], [5, 1]),
        Product("vectors", [5], [5]),
        Product("vector and matrix", [5], [5, 4]),
        Product("matrix and vector", [3, 5], [5]),
        Product("vector and batch", [5], [2, 5, 4]),
        Product("batch and vector", [2, 3, 5], [5]),
        Product("batch", [2, 3, 5], [2, 5, 4]),
        Product("batch and matrix", [2, 3, 5], [5, 4]),
        Product("matrix and batch", [3, 5], [2, 5, 4]),
        Product("batches broadcast", [2, 1, 3, 5], [3, 5, 2]),
        Product("left transposed", [5, 3], [5, 4], transposeA: true),
        Product("right transposed", [3, 5], [4, 5], transposeB: true),
        Product("both transposed", [2, 5, 3], [2, 4, 5], transposeA: true, transposeB: true),
        Product("large", [67, 131], [131, 73]),
        Product("large, transposed", [131, 67], [73, 131], transposeA: true, transposeB: true),
        Product("large batch", [9, 33, 35], [9, 35, 37]),
        Product("large matrix and vector", [263, 267], [267]),
        .. Flagged(),
        Affine("matrix", [3, 5], [4, 5], [4]),
        Affine("matrix, no bias", [3, 5], [4, 5]),
        Affine("vector", [5], [4, 5], [4]),
        Affine("batch", [2, 3, 5], [4, 5], [4]),
        Affine("relu", [3, 5], [4, 5], [4], Fused.Relu),
        Affine("relu, no bias", [3, 5], [4, 5], activation: Fused.Relu),
        Affine("tanh", [3, 5], [4, 5], [4], Fused.Tanh),
        Affine("sigmoid", [2, 3, 5], [4, 5], [4], Fused.Sigmoid),
        Affine("large", [67, 131], [73, 131], [73]),
        Affine("large, relu", [67, 131], [73, 131], [73], Fused.Relu),
    ];

    private static OpCase Product(string branch, int[] a, int[] b, bool transposeA = false, bool transposeB = false) => new(
        "MatMul",
        branch,
        [In(a), In(b)],
        x => (transposeA ? x[0].Transpose() : x[0]).MatMul(transposeB ? x[1].Transpose() : x[1]),
        x => Multiply(transposeA ? SwapLast(x[0]) : x[0], transposeB ? SwapLast(x[1]) : x[1]));

    /// <summary>The transpositions that the operation does itself, as its gradients ask for them.</summary>
    private static IEnumerable<OpCase> Flagged()
    {
        foreach ((bool transposeA, bool transposeB) in new[] { (true, false), (false, true), (true, true) })
        {
            foreach (int[] batch in new int[][] { [], [2] })
            {
                int[] a = [.. batch, 3, 5], b = [.. batch, 5, 4];
                if (transposeA)
                    (a[^2], a[^1]) = (a[^1], a[^2]);
                if (transposeB)
                    (b[^2], b[^1]) = (b[^1], b[^2]);
                yield return new(
                    "MatMul",
                    $"transposing {(transposeA ? "left" : "")}{(transposeB ? "right" : "")}{(batch.Length > 0 ? ", batch" : "")}",
                    [In(a), In(b)],
                    x => Op.Apply(new MatMulOp(transposeA, transposeB), x[0], x[1]),
                    x => Multiply(transposeA ? SwapLast(x[0]) : x[0], transposeB ? SwapLast(x[1]) : x[1]));
            }
        }
    }

    private static OpCase Affine(
        string branch, int[] x, int[] weight, int[]? bias = null, Fused? activation = null) => new(
        "Linear",
        branch,
        bias is null ? [In(x), In(weight)] : [In(x), In(weight), In(bias)],
        inputs =>
        {
            Tensor? added = bias is null ? null : inputs[2];
            return activation is null ? inputs[0].Linear(inputs[1], added) : inputs[0].Linear(inputs[1], added, activation.Function);
        },
        inputs =>
        {
            RefArray y = Multiply(inputs[0], SwapLast(inputs[1]));
            y = bias is null ? y : RefArray.Zip(y, inputs[2], (a, b) => a + b);
            return activation is null ? y : y.Map(activation.Reference);
        });

    /// <summary>The product of matrices, whose leading axes broadcast; a vector is a row on the left and a column on the right.</summary>
    private static RefArray Multiply(RefArray a, RefArray b)
    {
        RefArray left = a.Rank == 1 ? a.Reshape(1, a.Sizes[0]) : a;
        RefArray right = b.Rank == 1 ? b.Reshape(b.Sizes[0], 1) : b;
        int inner = left.Sizes[^1];
        int[] batch = RefArray.Broadcast(left.Sizes[..^2], right.Sizes[..^2]);
        RefArray y = RefArray.Generate([.. batch, left.Sizes[^2], right.Sizes[^1]], i =>
        {
            int[] indexA = [.. i];
            int[] indexB = [.. i];
            double sum = 0;
            for (int k = 0; k < inner; k++)
            {
                indexA[^1] = k;
                indexB[^2] = k;
                sum += left[indexA] * right[indexB];
            }
            return sum;
        });
        int[] rows = a.Rank == 1 ? [] : [left.Sizes[^2]];
        int[] columns = b.Rank == 1 ? [] : [right.Sizes[^1]];
        return y.Reshape([.. batch, .. rows, .. columns]);
    }

    private static RefArray SwapLast(RefArray x) => x.Permute([.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2]);
}
