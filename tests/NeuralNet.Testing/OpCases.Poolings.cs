using NeuralNet.Backends;

namespace NeuralNet.Testing;

public static partial class OpCases
{
    private sealed record Pooled(string Branch, int[] X, int Kernel)
    {
        public int? Stride { get; init; }

        public int Padding { get; init; }

        public int Dilation { get; init; } = 1;

        public bool Ceil { get; init; }

        public int Distance => Stride ?? Kernel;

        public AxisSizes Step => Stride is { } stride ? (AxisSizes)stride : default;

        public PoolingAxis[] Axes(bool countsPadding = true) =>
            [.. X[2..].Select(size => PoolingAxis.Regular(size, Kernel, Distance, Padding, Dilation, Ceil, countsPadding))];

        public int[] Y => [X[0], X[1], .. Axes().Select(axis => axis.Count)];

        public RefArray Reduce(RefArray x, Func<(int Position, double Value)[], int, double> combine) =>
            RefPooling.Regular(x, Kernel, Distance, Padding, Dilation, Ceil, combine);
    }

    private static IReadOnlyList<Pooled> AllPooled =>
    [
        new("2x2", [2, 3, 4, 6], 2),
        new("rest", [1, 2, 5, 7], 2),
        new("overlapping", [1, 2, 5, 6], 3) { Stride = 1 },
        new("padded", [1, 2, 5, 4], 3) { Stride = 2, Padding = 1 },
        new("dilated", [1, 2, 6, 7], 2) { Stride = 1, Dilation = 3 },
        new("ceil", [1, 2, 6, 5], 3) { Stride = 2, Ceil = true },
        new("ceil, padded", [1, 2, 5, 4], 2) { Stride = 3, Padding = 1, Ceil = true },
        new("stride beyond the window", [1, 2, 7, 6], 2) { Stride = 3 },
        new("one pixel", [2, 3, 1, 1], 1),
        new("one axis", [2, 3, 9], 3) { Stride = 2, Padding = 1 },
        new("three axes", [1, 2, 4, 3, 4], 2) { Stride = 1 },
        new("no images", [0, 2, 4, 4], 2),
        new("large", [3, 35, 26, 24], 2),
        new("large, few channels", [9, 3, 26, 24], 2),
        new("large, few channels, padded", [7, 5, 17, 15], 3) { Stride = 2, Padding = 1, Ceil = true },
        new("large, few channels, dilated", [5, 6, 16, 15], 2) { Stride = 1, Dilation = 3 },
        new("large, overlapping", [2, 33, 21, 23], 3) { Stride = 2, Padding = 1 },
    ];

    private static IEnumerable<OpCase> Poolings() =>
    [
        .. AllPooled.Select(MaxPooled),
        .. AllPooled.Select(MaxPooledGradient),
        .. AllPooled.Select(MaxPooledIndices),
        .. AllPooled.Where(pooled => pooled.Dilation == 1).SelectMany(pooled => new[]
        {
            Averaged(pooled, countsPadding: true), Averaged(pooled, countsPadding: false), AveragedGradient(pooled),
        }),
        Floating("AveragePool", "divisor", [1, 2, 4, 4], x => x.AveragePool(2, divisorOverride: 3), x => RefPooling.Regular(x, 2, 2, 0, 1, false, (w, _) => w.Sum(e => e.Value) / 3)),
        .. new[] { 1, 3, 5 }.SelectMany(count => new[]
        {
            Floating("AveragePool", $"adaptive {count}", [2, 3, 7, 5], x => x.AdaptiveAveragePool(count), x => RefPooling.Adaptive(x, count, e => e.Average())),
            Floating("MaxPool", $"adaptive {count}", [2, 3, 7, 5], x => x.AdaptiveMaxPool(count), x => RefPooling.Adaptive(x, count, e => e.Max())),
        }),
    ];

    private static IEnumerable<OpCase> PoolingCompositions() =>
    [
        Floating("MinPool", "padded", [1, 2, 5, 4], x => x.MinPool(3, 2, 1), x => RefPooling.Regular(x, 3, 2, 1, 1, false, (w, _) => w.Min(e => e.Value))),
        Floating("Interpolate", "nearest, twice", [2, 3, 3, 4], x => x.Interpolate(scaleFactor: 2), x =>
            RefArray.Generate([2, 3, 6, 8], i => x[i[0], i[1], i[2] / 2, i[3] / 2])),
        Floating("Interpolate", "nearest, smaller and larger", [1, 2, 5, 4], x => x.Interpolate((3, 7)), x =>
            RefArray.Generate([1, 2, 3, 7], i => x[i[0], i[1], i[2] * 5 / 3, i[3] * 4 / 7])),
        Floating("Interpolate", "linear", [2, 2, 4], x => x.Interpolate(7, mode: InterpolationMode.Linear), x =>
            RefArray.Generate([2, 2, 7], i => OnLine(4, (i[2] + 0.5) * 4 / 7 - 0.5, k => x[i[0], i[1], k]))),
        Floating("Interpolate", "bilinear, by factor", [1, 2, 3, 5], x => x.Interpolate(scaleFactor: 1.5, mode: InterpolationMode.Linear), x =>
            RefArray.Generate([1, 2, 4, 7], i => OnLine(3, (i[2] + 0.5) / 1.5 - 0.5, h => OnLine(5, (i[3] + 0.5) / 1.5 - 0.5, w => x[i[0], i[1], h, w])))),
        Floating("Interpolate", "bilinear, corners", [1, 2, 3, 4], x => x.Interpolate((5, 2), mode: InterpolationMode.Linear, alignCorners: true), x =>
            RefArray.Generate([1, 2, 5, 2], i => OnLine(3, i[2] / 2.0, h => OnLine(4, i[3] * 3.0, w => x[i[0], i[1], h, w])))),
        Floating("Interpolate", "trilinear", [1, 2, 2, 3, 2], x => x.Interpolate((3, 3, 4), mode: InterpolationMode.Linear), x =>
            RefArray.Generate([1, 2, 3, 3, 4], i => OnLine(2, (i[2] + 0.5) * 2 / 3 - 0.5, d => OnLine(2, (i[4] + 0.5) / 2 - 0.5, w => x[i[0], i[1], d, i[3], w])))),
        Floating("PixelShuffle", "2", [2, 8, 3, 2], x => x.PixelShuffle(2), x =>
            RefArray.Generate([2, 2, 6, 4], i => x[i[0], i[1] * 4 + i[2] % 2 * 2 + i[3] % 2, i[2] / 2, i[3] / 2])),
        Floating("PixelUnshuffle", "3, one image", [2, 3, 6], x => x.PixelUnshuffle(3), x =>
            RefArray.Generate([18, 1, 2], i => x[i[0] / 9, i[1] * 3 + i[0] % 9 / 3, i[2] * 3 + i[0] % 3])),
        Floating("LpPool", "2", [1, 2, 5, 4], x => x.LpPool(2, 2), x =>
            RefPooling.Regular(x, 2, 2, 0, 1, false, (w, _) => Math.Sqrt(w.Sum(e => e.Value * e.Value)))),
        Floating("MaxUnpool", "2x2", [2, 2, 4, 6], x => x.MaxPool(2).MaxUnpool(x.MaxPoolIndices(2), (4, 6)), x =>
        {
            RefArray largest = RefPooling.Regular(x, 2, 2, 0, 1, false, (w, _) => w.Max(e => e.Value));
            return RefArray.Generate(x.Sizes, i => x[i] == largest[i[0], i[1], i[2] / 2, i[3] / 2] ? x[i] : 0);
        }),
    ];

    private static OpCase Floating(string op, string branch, int[] sizes, Func<Tensor, Tensor> function, Func<RefArray, RefArray> reference) =>
        new(op, branch, [In(sizes, Domain.Distinct)], x => function(x[0]), x => reference(x[0])) { NamesErrors = false };

    /// <summary>What lies at a position between the elements of a line, or at its end.</summary>
    private static double OnLine(int size, double position, Func<int, double> element)
    {
        double inside = Math.Clamp(position, 0, size - 1);
        int left = (int)Math.Floor(inside);
        return inside == left ? element(left) : element(left) + (inside - left) * (element(left + 1) - element(left));
    }

    private static OpCase MaxPooled(Pooled pooled) => new(
        "MaxPool",
        pooled.Branch,
        [In(pooled.X, Domain.Distinct)],
        x => x[0].MaxPool(pooled.Kernel, pooled.Step, pooled.Padding, pooled.Dilation, pooled.Ceil),
        x => pooled.Reduce(x[0], (window, _) => window.Max(element => element.Value)));

    private static OpCase MaxPooledIndices(Pooled pooled) => new(
        "MaxPoolIndices",
        pooled.Branch,
        [In(pooled.X, Domain.Distinct)],
        x => x[0].MaxPoolIndices(pooled.Kernel, pooled.Step, pooled.Padding, pooled.Dilation, pooled.Ceil),
        x => pooled.Reduce(x[0], (window, _) => window.MaxBy(element => element.Value).Position))
    {
        IsDifferentiable = false,
    };

    private static OpCase MaxPooledGradient(Pooled pooled) => new(
        "MaxPoolGrad",
        pooled.Branch,
        [In(pooled.Y), In(pooled.X, Domain.Distinct)],
        x => Op.Apply(new MaxPoolGradOp(pooled.Axes()), x[0], x[1].Detach()),
        x => Spread(pooled, x[0], x[1], (window, _, element) => element.Value == window.Max(other => other.Value) ? 1 : 0))
    {
        MustFit = false,
    };

    private static OpCase Averaged(Pooled pooled, bool countsPadding) => new(
        "AveragePool",
        $"{pooled.Branch}{(countsPadding ? "" : ", without padding")}",
        [In(pooled.X)],
        x => x[0].AveragePool(pooled.Kernel, pooled.Step, pooled.Padding, pooled.Ceil, countsPadding),
        x => pooled.Reduce(x[0], (window, padded) => window.Sum(element => element.Value) / (countsPadding ? padded : window.Length)));

    private static OpCase AveragedGradient(Pooled pooled) => new(
        "AveragePoolGrad",
        pooled.Branch,
        [In(pooled.Y)],
        x => Op.Apply(new AveragePoolGradOp(pooled.Axes()), x[0]),
        x => Spread(pooled, x[0], new RefArray(pooled.X, new double[RefArray.Count(pooled.X)]), (_, padded, _) => 1.0 / padded));

    /// <summary>Adds the elements of dy to those of their windows, by shares.</summary>
    private static RefArray Spread(
        Pooled pooled, RefArray dy, RefArray x, Func<(int Position, double Value)[], int, (int Position, double Value), double> share)
    {
        RefArray dx = new(x.Sizes, new double[x.Values.Length]);
        int plane = RefArray.Count(x.Sizes[2..]);
        int window = 0;
        int perPlane = RefArray.Count(dy.Sizes[2..]);
        pooled.Reduce(x, (elements, padded) =>
        {
            foreach ((int Position, double Value) element in elements)
                dx.Values[window / perPlane * plane + element.Position] += dy.Values[window] * share(elements, padded, element);
            window++;
            return 0;
        });
        return dx;
    }
}
