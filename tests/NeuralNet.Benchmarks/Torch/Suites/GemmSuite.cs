using TorchSharp;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>Matrix products [m, k]·[k, n], and a dense layer.</summary>
internal static class GemmSuite
{
    private static readonly (long M, long K, long N)[] s_sizes =
    [
        (256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (2048, 2048, 2048),
        (64, 784, 128), (128, 784, 512), (128, 512, 512), (1, 1024, 1024), (64, 128, 10),
    ];

    public static IEnumerable<Case> Cases =>
    [
        .. s_sizes.Select(size => Product([size.M, size.K], [size.K, size.N], $"{size.M}x{size.K}x{size.N}")),
        Product([64, 64, 64], [64, 64, 64], "batch64-64x64x64"),
        new("gemm/dense-relu-128x784x512/forward", [], DenseForward),
        new("gemm/dense-relu-128x784x512/backward", [], device => new DenseBackward(device, 128, 784, 512)),
    ];

    private static Case Product(long[] left, long[] right, string name) => new($"gemm/{name}", [], device => new Operation(
        [Inputs.Uniform(device, left, -0.5f, 0.5f), Inputs.Uniform(device, right, -0.5f, 0.5f)],
        x => x[0].MatMul(x[1]),
        x => x[0].matmul(x[1]),
        Tolerance.Product(left[^1])));

    private static Operation DenseForward(Device device)
    {
        Dense layer = new(784, 512, bias: true, activation: new ReLU(), generator: new RandomGenerator(seed: 1));
        layer.To(device);
        return new(
            [Inputs.Uniform(device, [128, 784], -0.5f, 0.5f), layer.Weight.Value, layer.Bias!.Value],
            x => layer.Forward(x[0]),
            DenseRelu,
            Tolerance.Product(784));
    }

    private static torch.Tensor DenseRelu(torch.Tensor[] x)
    {
        using torch.Tensor y = torch.nn.functional.linear(x[0], x[1], x[2]);
        return y.relu();
    }
}
