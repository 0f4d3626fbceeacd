using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>Poolings and normalisations of 16 images of 56×56 pixels and 64 channels, forward and backward.</summary>
internal static class ImageSuite
{
    private static readonly long[] s_sizes = [16, 64, 56, 56];

    public static IEnumerable<Case> Cases =>
    [
        Of("max-pool-2x2", [s_sizes], x => x[0].MaxPool(2), x => F.max_pool2d(x[0], [2, 2], [2, 2], [0, 0], [1, 1], false)),
        Of("average-pool-2x2", [s_sizes], x => x[0].AveragePool(2), x => F.avg_pool2d(x[0], [2, 2], [2, 2], [0, 0], false, true, null)),
        Of(
            "batch-norm",
            [s_sizes, [64], [64]],
            x => x[0].BatchNorm(null, null, x[1], x[2], training: true),
            x => Normalize(x)),
        Of(
            "layer-norm",
            [s_sizes, [64, 56, 56], [64, 56, 56]],
            x => x[0].LayerNorm([64, 56, 56], x[1], x[2]),
            x => F.layer_norm(x[0], [64, 56, 56], x[1], x[2], 1e-5)),
    ];

    private static torch.Tensor Normalize(torch.Tensor[] x)
    {
        using torch.Tensor mean = torch.zeros(64), variance = torch.ones(64);
        return F.batch_norm(x[0], mean, variance, x[1], x[2], true, 0.1, 1e-5);
    }

    private static Case Of(string name, long[][] sizes, Func<Tensor[], Tensor> ours, Func<torch.Tensor[], torch.Tensor> theirs) => new(
        $"conv/{name}/backward", ["pool-norm"], device => new ImageOperation(device, sizes, ours, theirs, runsBackward: true, Tolerance.Normalized));
}
