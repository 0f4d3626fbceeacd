using TorchSharp;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>Functions of each element and of rows of 1000, at a thousand and at a million floats.</summary>
internal static class ElementwiseSuite
{
    public static IEnumerable<Case> Cases => [.. OfSize("1e3", 1, 10, 32), .. OfSize("1e6", 1000, 1000, 1024)];

    /// <summary>All functions on one size: of <paramref name="rows"/> rows of 1000 elements.</summary>
    /// <param name="size">The size in the names.</param>
    /// <param name="rows">The thousands.</param>
    /// <param name="broadcastRows">The rows that are multiplied by a row.</param>
    /// <param name="square">The side of the matrix that is transposed.</param>
    private static IEnumerable<Case> OfSize(string size, long rows, long broadcastRows, long square)
    {
        long[] all = [1000 * rows], table = [rows, 1000];
        long columns = 1000 * rows / broadcastRows;
        return
        [
            Of("add", size, [all, all], -4, 4, x => x[0] + x[1], x => x[0].add(x[1], alpha: 1)),
            Of("multiply-row", size, [[broadcastRows, columns], [columns]], -4, 4, x => x[0] * x[1], x => x[0].mul(x[1])),
            Of("relu", size, [all], -4, 4, x => x[0].Relu(), x => x[0].relu()),
            Of("exp", size, [all], -4, 4, x => x[0].Exp(), x => x[0].exp()),
            Of("log", size, [all], 0.01f, 10, x => x[0].Log(), x => x[0].log()),
            Of("tanh", size, [all], -4, 4, x => x[0].Tanh(), x => x[0].tanh()),
            Of("sigmoid", size, [all], -4, 4, x => x[0].Sigmoid(), x => x[0].sigmoid()),
            Of("gelu", size, [all], -4, 4, x => x[0].Gelu(), x => torch.nn.functional.gelu(x[0], inplace: false), Tolerance.Gelu),
            Of("softmax-rows", size, [table], -4, 4, x => x[0].Softmax(-1), x => x[0].softmax(-1, dtype: null)),
            Named("cross-entropy", size, device => CrossEntropyOf(device, table)),
            Named("dropout", size, device => new DropoutOperation(all[0], device)),
            Of("transposed-copy", size, [[square, square]], -4, 4, x => x[0].T.Contiguous(), TransposedCopy),
        ];
    }

    private static Case Of(
        string name,
        string size,
        long[][] inputs,
        float low,
        float high,
        Func<Tensor[], Tensor> ours,
        Func<torch.Tensor[], torch.Tensor> theirs,
        Tolerance? tolerance = null)
        => Named(name, size, device => new Operation(
            [.. inputs.Select(sizes => Inputs.Uniform(device, sizes, low, high))], ours, theirs, tolerance ?? Tolerance.Elementwise));

    private static Case Named(string name, string size, Func<Device, Comparison> create) =>
        new($"elementwise/{name}/{size}", [$"elementwise-{size}"], create);

    private static Operation CrossEntropyOf(Device device, long[] table)
    {
        CrossEntropy loss = new(weight: null, ignoreIndex: -100, labelSmoothing: 0, reduction: Reduction.Mean);
        Tensor classes = Tensor.From(Values.Classes(table[0], table[1], seed: 1), new Shape(table[0]), device);
        return new(
            [Inputs.Uniform(device, table, -4, 4), classes],
            x => loss.Forward(x[0], x[1]),
            x => torch.nn.functional.cross_entropy(
                x[0], x[1], weight: null, ignore_index: -100, reduction: torch.nn.Reduction.Mean, label_smoothing: 0),
            Tolerance.Sum);
    }

    private static torch.Tensor TransposedCopy(torch.Tensor[] x)
    {
        using torch.Tensor view = x[0].transpose(0, 1);
        return view.contiguous();
    }
}
