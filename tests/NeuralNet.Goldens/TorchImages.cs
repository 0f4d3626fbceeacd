using TorchSharp;
using Entry = System.Collections.Generic.KeyValuePair<string, System.Func<TorchSharp.torch.Tensor[], TorchSharp.torch.Tensor>>;
using F = TorchSharp.torch.nn.functional;

namespace NeuralNet.Goldens;

/// <summary>Poolings and normalisations of libtorch.</summary>
internal static class TorchImages
{
    public static IEnumerable<Entry> All() =>
    [
        new("MaxPool, 2", x => F.max_pool2d(x[0], [2, 2], [2, 2], [0, 0], [1, 1], false)),
        new("MaxPool, 3 2 1", x => F.max_pool2d(x[0], [3, 3], [2, 2], [1, 1], [1, 1], false)),
        new("MaxPool, ceil dilated", x => F.max_pool2d(x[0], [2, 2], [2, 2], [1, 1], [2, 2], true)),
        new("MaxPool, one axis", x => F.max_pool1d(x[0], 3, 2, 1, 1, false)),
        new("MaxPool, three axes", x => F.max_pool3d(x[0], [2, 2, 2], [2, 2, 2], [0, 0, 0], [1, 1, 1], false)),
        new("MaxPool, adaptive", x => torch.nn.AdaptiveMaxPool2d([3, 2]).call(x[0])),
        new("MaxPoolIndices", x => F.max_pool2d_with_indices(x[0], [3, 3], [2, 2], [1, 1], [1, 1], false).indices),
        new("AveragePool, 2", x => F.avg_pool2d(x[0], [2, 2], [2, 2], [0, 0], false, true, null)),
        new("AveragePool, 3 2 1", x => F.avg_pool2d(x[0], [3, 3], [2, 2], [1, 1], false, true, null)),
        new("AveragePool, without padding", x => F.avg_pool2d(x[0], [3, 3], [2, 2], [1, 1], false, false, null)),
        new("AveragePool, ceil", x => F.avg_pool2d(x[0], [3, 3], [2, 2], [1, 1], true, true, null)),
        new("AveragePool, divisor", x => F.avg_pool2d(x[0], [2, 2], [2, 2], [0, 0], false, true, 3)),
        new("AveragePool, one axis", x => F.avg_pool1d(x[0], 3, 2, 1, false, true)),
        new("AveragePool, three axes", x => F.avg_pool3d(x[0], [2, 2, 2], [2, 2, 2], [0, 0, 0], false, true, null)),
        new("AveragePool, adaptive", x => F.adaptive_avg_pool2d(x[0], [3, 2])),
        new("LpPool", x => F.lp_pool2d(x[0], 3, [2, 2], [2, 2], false)),
        new("Interpolate, nearest", x => F.interpolate(x[0], [3, 7], null, torch.InterpolationMode.Nearest, null)),
        new("Interpolate, nearest by factor", x => F.interpolate(x[0], null, [1.5, 1.5], torch.InterpolationMode.Nearest, null)),
        new("Interpolate, linear", x => F.interpolate(x[0], [8], null, torch.InterpolationMode.Linear, false)),
        new("Interpolate, bilinear", x => F.interpolate(x[0], [3, 7], null, torch.InterpolationMode.Bilinear, false)),
        new("Interpolate, bilinear by factor", x => F.interpolate(x[0], null, [1.75, 1.75], torch.InterpolationMode.Bilinear, false)),
        new("Interpolate, bilinear with corners", x => F.interpolate(x[0], [7, 3], null, torch.InterpolationMode.Bilinear, true)),
        new("Interpolate, trilinear", x => F.interpolate(x[0], [4, 4, 3], null, torch.InterpolationMode.Trilinear, false)),
        new("PixelShuffle", x => F.pixel_shuffle(x[0], 2)),
        new("PixelUnshuffle", x => F.pixel_unshuffle(x[0], 2)),
        new("InstanceNorm, running mean", x => RunningOfInstances(x).Mean),
        new("InstanceNorm, running variance", x => RunningOfInstances(x).Variance),
        new("Normalization, batch", x => F.batch_norm(x[0], torch.zeros_like(x[1]), torch.ones_like(x[1]), x[1], x[2], true, 0.1, 1e-5)),
        new("Normalization, batch of vectors", x => F.batch_norm(x[0], torch.zeros_like(x[1]), torch.ones_like(x[1]), x[1], x[2], true, 0.1, 1e-5)),
        new("Normalization, groups", x => F.group_norm(x[0], 3, x[1], x[2], 1e-5)),
        new("Normalization, instances", x => F.instance_norm(x[0], torch.zeros_like(x[1]), torch.ones_like(x[1]), x[1], x[2], true, 0.1, 1e-5)),
        new("Normalization, layer", x => F.layer_norm(x[0], [3, 5], x[1], x[2], 1e-5)),
        new("BatchNorm, evaluation", x => F.batch_norm(x[0], x[1], x[2], x[3], x[4], false, 0.1, 1e-5)),
        new("BatchNorm, running mean", x => Running(x).Mean),
        new("BatchNorm, running variance", x => Running(x).Variance),
        new("LocalResponseNorm", x => F.local_response_norm(x[0], 3, 0.5, 0.7, 2)),
    ];

    private static (torch.Tensor Mean, torch.Tensor Variance) RunningOfInstances(torch.Tensor[] x)
    {
        (torch.Tensor mean, torch.Tensor variance) = (x[1].detach().clone(), x[2].detach().clone());
        F.instance_norm(x[0], mean, variance, null, null, true, 0.3, 1e-5);
        return (mean, variance);
    }

    private static (torch.Tensor Mean, torch.Tensor Variance) Running(torch.Tensor[] x)
    {
        (torch.Tensor mean, torch.Tensor variance) = (x[1].detach().clone(), x[2].detach().clone());
        F.batch_norm(x[0], mean, variance, null, null, true, 0.3, 1e-5);
        return (mean, variance);
    }
}
