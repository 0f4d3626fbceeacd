namespace NeuralNet.Testing;

public static partial class OpGoldens
{
    private static IEnumerable<OpGolden> Convolutions() => ConvolutionGolden.All.Select(golden =>
        Many(golden.Key, [In(golden.X), In(golden.Weight), In([golden.Channels])], golden.Compute));

    private static IEnumerable<OpGolden> Poolings() =>
    [
        One("MaxPool, 2", [2, 3, 4, 6], x => x.MaxPool(2), Domain.Distinct),
        One("MaxPool, 3 2 1", [1, 2, 7, 6], x => x.MaxPool(3, 2, 1), Domain.Distinct),
        One("MaxPool, ceil dilated", [1, 2, 8, 7], x => x.MaxPool(2, 2, 1, 2, ceilMode: true), Domain.Distinct),
        One("MaxPool, one axis", [2, 3, 9], x => x.MaxPool(3, 2, 1), Domain.Distinct),
        One("MaxPool, three axes", [1, 2, 4, 5, 4], x => x.MaxPool(2), Domain.Distinct),
        One("MaxPool, adaptive", [1, 2, 7, 5], x => x.AdaptiveMaxPool((3, 2)), Domain.Distinct),
        One("MaxPoolIndices", [1, 2, 7, 6], x => x.MaxPoolIndices(3, 2, 1), Domain.Distinct, isDifferentiable: false),
        One("AveragePool, 2", [2, 3, 4, 6], x => x.AveragePool(2)),
        One("AveragePool, 3 2 1", [1, 2, 7, 6], x => x.AveragePool(3, 2, 1)),
        One("AveragePool, without padding", [1, 2, 7, 6], x => x.AveragePool(3, 2, 1, countIncludePad: false)),
        One("AveragePool, ceil", [1, 2, 8, 6], x => x.AveragePool(3, 2, 1, ceilMode: true)),
        One("AveragePool, divisor", [1, 2, 4, 4], x => x.AveragePool(2, divisorOverride: 3)),
        One("AveragePool, one axis", [2, 3, 9], x => x.AveragePool(3, 2, 1)),
        One("AveragePool, three axes", [1, 2, 4, 5, 4], x => x.AveragePool(2)),
        One("AveragePool, adaptive", [1, 2, 7, 5], x => x.AdaptiveAveragePool((3, 2))),
        One("LpPool", [1, 2, 5, 6], x => x.LpPool(3, 2), Domain.Positive),
        One("Interpolate, nearest", [1, 2, 5, 4], x => x.Interpolate((3, 7))),
        One("Interpolate, nearest by factor", [1, 2, 5, 4], x => x.Interpolate(scaleFactor: 1.5)),
        One("Interpolate, linear", [2, 3, 5], x => x.Interpolate(8, mode: InterpolationMode.Linear)),
        One("Interpolate, bilinear", [1, 2, 5, 4], x => x.Interpolate((3, 7), mode: InterpolationMode.Linear)),
        One("Interpolate, bilinear by factor", [1, 2, 5, 4], x => x.Interpolate(scaleFactor: 1.75, mode: InterpolationMode.Linear)),
        One("Interpolate, bilinear with corners", [1, 2, 5, 4], x => x.Interpolate((7, 3), mode: InterpolationMode.Linear, alignCorners: true)),
        One("Interpolate, trilinear", [1, 2, 3, 2, 4], x => x.Interpolate((4, 4, 3), mode: InterpolationMode.Linear)),
        One("PixelShuffle", [2, 12, 2, 3], x => x.PixelShuffle(2)),
        One("PixelUnshuffle", [2, 3, 4, 6], x => x.PixelUnshuffle(2)),
    ];

    private static IEnumerable<OpGolden> Normalizations() =>
    [
        Many("Normalization, batch", [In([3, 4, 2, 3]), In([4]), In([4])], x => x[0].BatchNorm(null, null, x[1], x[2], training: true)),
        Many("Normalization, batch of vectors", [In([5, 4]), In([4]), In([4])], x => x[0].BatchNorm(null, null, x[1], x[2], training: true)),
        Many("Normalization, groups", [In([2, 6, 2, 3]), In([6]), In([6])], x => x[0].GroupNorm(3, x[1], x[2])),
        Many("Normalization, instances", [In([2, 3, 2, 3]), In([3]), In([3])], x => x[0].InstanceNorm(x[1], x[2])),
        Many("Normalization, layer", [In([2, 3, 5]), In([3, 5]), In([3, 5])], x => x[0].LayerNorm([3, 5], x[1], x[2])),
        Many("BatchNorm, evaluation", [In([2, 3, 2, 2]), In([3]), In([3], Domain.Positive), In([3]), In([3])], x =>
            x[0].BatchNorm(x[1], x[2], x[3], x[4]), isDifferentiable: false),
        Many("BatchNorm, running mean", [In([2, 3, 2, 2]), In([3]), In([3], Domain.Positive)], x => Running(x).Mean, isDifferentiable: false),
        Many("BatchNorm, running variance", [In([2, 3, 2, 2]), In([3]), In([3], Domain.Positive)], x => Running(x).Variance, isDifferentiable: false),
        Many("InstanceNorm, running mean", [In([2, 3, 2, 2]), In([3]), In([3], Domain.Positive)], x => RunningOfInstances(x).Mean, isDifferentiable: false),
        Many("InstanceNorm, running variance", [In([2, 3, 2, 2]), In([3]), In([3], Domain.Positive)], x => RunningOfInstances(x).Variance, isDifferentiable: false),
        One("LocalResponseNorm", [2, 6, 2, 3], x => x.LocalResponseNorm(3, 0.5, 0.7, 2)),
        One("LocalResponseNorm", [2, 5, 4], x => x.LocalResponseNorm(3, 0.5, 0.7, 2)),
    ];

    private static (Tensor Mean, Tensor Variance) RunningOfInstances(IReadOnlyList<Tensor> x)
    {
        InstanceNorm2D layer = new(3, momentum: 0.3, trackRunningStats: true, dtype: x[0].DType);
        layer.RunningMean!.CopyFrom(x[1]);
        layer.RunningVariance!.CopyFrom(x[2]);
        layer.Forward(x[0]);
        return (layer.RunningMean, layer.RunningVariance);
    }

    private static (Tensor Mean, Tensor Variance) Running(IReadOnlyList<Tensor> x)
    {
        (Tensor mean, Tensor variance) = (x[1].Clone(), x[2].Clone());
        x[0].BatchNorm(mean, variance, training: true, momentum: 0.3);
        return (mean, variance);
    }
}
