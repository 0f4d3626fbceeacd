using NeuralNet.Backends;

namespace NeuralNet.Testing;

public static partial class OpCases
{
    /// <summary>A convolution: the shapes of images and weight, and how the windows lie.</summary>
    private sealed record Windows(string Branch, int[] X, int[] Weight)
    {
        public int[] Stride { get; init; } = [1];

        public int[] Padding { get; init; } = [0];

        public int[] Dilation { get; init; } = [1];

        public int[] OutputPadding { get; init; } = [0];

        public int Groups { get; init; } = 1;

        public bool IsSame { get; init; }

        public bool HasBias { get; init; } = true;

        public RefConvolution Reference
        {
            get
            {
                int[] same = [.. Enumerable.Range(0, X.Length - 2).Select(axis => Repeat(Dilation)[axis] * (Weight[axis + 2] - 1))];
                int[] before = IsSame ? [.. same.Select(width => width / 2)] : Repeat(Padding);
                return new(Repeat(Stride), before, IsSame ? [.. same.Select(width => width - width / 2)] : before, Repeat(Dilation), Groups);
            }
        }

        public ConvolutionPadding Widths => IsSame ? ConvolutionPadding.Same : Sizes(Padding);

        public int[] Y
        {
            get
            {
                RefConvolution reference = Reference;
                return [X[0], Weight[0], .. Enumerable.Range(0, X.Length - 2).Select(axis => reference.OutputSize(axis, X[axis + 2], Weight[axis + 2]))];
            }
        }

        public static AxisSizes Sizes(int[] values) => new([.. values.Select(value => (long)value)]);

        public ConvolutionGeometry Geometry()
        {
            RefConvolution reference = Reference;
            return ConvolutionGeometry.Of(Longs(reference.Stride), Longs(reference.Before), Longs(reference.Behind), Longs(reference.Dilation), Groups);
        }

        private static long[] Longs(int[] values) => [.. values.Select(value => (long)value)];

        private int[] Repeat(int[] values) => values.Length == 1 ? [.. Enumerable.Repeat(values[0], X.Length - 2)] : values;
    }

    private static IReadOnlyList<Windows> AllWindows =>
    [
        new("one channel", [2, 1, 3, 21], [2, 1, 3, 5]) { Padding = [1, 2] },
        new("one channel, stride of lines and dilation", [1, 1, 5, 20], [3, 1, 2, 3]) { Stride = [2, 1], Dilation = [1, 2], Padding = [0, 2] },
        new("one channel, one axis", [2, 1, 40], [5, 1, 4]) { HasBias = false },
        new("one channel, three axes", [1, 1, 2, 3, 18], [1, 1, 2, 2, 3]) { Padding = [0, 1, 1] },
        new("one channel, large", [5, 1, 19, 70], [7, 1, 5, 3]) { Padding = [2, 1] },
        new("few channels", [5, 2, 4, 3], [3, 2, 3, 3]) { Padding = [1] },
        new("few channels, stride", [4, 1, 6, 5], [2, 1, 3, 2]) { Stride = [2], Padding = [1, 0] },
        new("few channels, dilation", [4, 2, 5, 6], [2, 2, 2, 2]) { Dilation = [1, 3], Padding = [0, 2] },
        new("few channels, stride beyond the window", [4, 1, 7, 6], [2, 1, 2, 2]) { Stride = [3] },
        new("few channels, one axis", [6, 2, 8], [3, 2, 5]) { Padding = [2] },
        new("few channels, three axes", [4, 1, 3, 2, 4], [2, 1, 2, 2, 3]) { Padding = [1] },
        new("few channels, large", [7, 3, 23, 19], [20, 3, 5, 3]) { Stride = [2, 1], Padding = [2, 1] },
        new("depthwise, windows of three, large", [3, 35, 21, 23], [35, 1, 3, 3]) { Padding = [1], Groups = 35 },
        new("depthwise, stride and dilation", [2, 18, 9, 11], [18, 1, 3, 2]) { Stride = [2, 1], Dilation = [1, 2], Padding = [1, 2], Groups = 18 },
        new("depthwise, windows larger than the images", [2, 16, 2, 2], [16, 1, 5, 5]) { Padding = [2], Groups = 16 },
        new("plain", [2, 3, 5, 4], [4, 3, 3, 2]),
        new("padded", [1, 2, 4, 5], [3, 2, 3, 3]) { Padding = [1] },
        new("one pixel", [2, 3, 1, 1], [2, 3, 3, 3]) { Padding = [1] },
        new("same", [1, 2, 4, 5], [2, 2, 2, 3]) { IsSame = true },
        new("same, dilated", [1, 2, 5, 4], [2, 2, 4, 1]) { IsSame = true, Dilation = [2, 1] },
        new("stride", [1, 2, 7, 6], [3, 2, 3, 3]) { Stride = [2], Padding = [1] },
        new("stride beyond the window", [1, 2, 7, 8], [2, 2, 1, 2]) { Stride = [2, 3] },
        new("stride, rest", [1, 1, 6, 7], [2, 1, 3, 2]) { Stride = [2, 3] },
        new("dilation", [1, 2, 7, 6], [2, 2, 3, 2]) { Dilation = [2, 3], Padding = [1, 2] },
        new("stride and dilation", [1, 2, 9, 8], [2, 2, 3, 2]) { Stride = [2, 3], Dilation = [3, 2], Padding = [2, 1] },
        new("padding beyond the window", [1, 2, 2, 3], [2, 2, 2, 2]) { Padding = [3, 2] },
        new("1x1", [2, 5, 3, 4], [3, 5, 1, 1]),
        new("1x1, stride", [2, 3, 5, 4], [2, 3, 1, 1]) { Stride = [2] },
        new("groups", [2, 6, 4, 4], [4, 3, 3, 2]) { Groups = 2, Padding = [1] },
        new("groups of one", [1, 3, 4, 4], [6, 1, 2, 2]) { Groups = 3 },
        new("depthwise", [2, 5, 5, 6], [5, 1, 3, 3]) { Groups = 5, Padding = [1] },
        new("depthwise, stride", [1, 3, 6, 9], [3, 1, 3, 2]) { Groups = 3, Stride = [2, 1], Padding = [1, 0], Dilation = [1, 2] },
        new("no bias", [1, 2, 4, 4], [3, 2, 3, 3]) { HasBias = false },
        new("one axis", [2, 3, 9], [4, 3, 3]) { Padding = [1], Stride = [2] },
        new("one axis, depthwise", [2, 4, 7], [4, 1, 3]) { Groups = 4 },
        new("three axes", [1, 2, 3, 4, 3], [2, 2, 2, 3, 2]) { Padding = [1, 1, 0], Stride = [1, 2, 1] },
        new("three axes, groups", [1, 4, 3, 2, 3], [2, 2, 2, 2, 2]) { Groups = 2, Padding = [1, 0, 1] },
        new("no images", [0, 2, 4, 4], [3, 2, 3, 3]) { Padding = [1] },
        new("large", [3, 17, 31, 29], [37, 17, 3, 3]) { Padding = [1] },
        new("large, first layer", [5, 1, 28, 28], [32, 1, 3, 3]),
        new("large, 1x1", [4, 48, 19, 17], [35, 48, 1, 1]),
        new("large, stride", [2, 9, 33, 35], [19, 9, 3, 3]) { Stride = [2], Padding = [1] },
        new("large, dilation", [2, 6, 31, 30], [18, 6, 3, 3]) { Dilation = [2], Padding = [2] },
        new("large, groups", [2, 24, 23, 21], [40, 12, 3, 3]) { Groups = 2, Padding = [1] },
        new("large, depthwise", [3, 40, 24, 26], [40, 1, 3, 3]) { Groups = 40, Padding = [1] },
        new("large, one axis", [3, 16, 301], [33, 16, 5]) { Padding = [2] },
        new("large, three axes", [1, 5, 9, 11, 10], [7, 5, 3, 3, 3]) { Padding = [1] },
    ];

    private static IEnumerable<OpCase> Convolutions() =>
    [
        .. AllWindows.Select(Convolved),
        .. AllWindows.Where(windows => windows.Branch is "padded" or "depthwise" or "large" or "large, depthwise").Select(windows => Activated(windows, Fused.Relu)),
        .. AllWindows.Where(windows => windows.Branch is "padded" or "depthwise").Select(windows => Activated(windows, Fused.Tanh)),
        .. AllWindows.Select(InputGradient),
        .. AllWindows.Select(WeightGradient),
        Transposed(new("transposed", [2, 3, 4, 3], [3, 4, 3, 2]) { Stride = [2] }),
        Transposed(new("transposed, padded", [1, 2, 3, 4], [2, 3, 4, 3]) { Stride = [2, 3], Padding = [1], OutputPadding = [1, 2] }),
        Transposed(new("transposed, groups and dilation", [1, 4, 3, 3], [4, 3, 2, 2]) { Groups = 2, Dilation = [2], Padding = [1], OutputPadding = [1] }),
        Transposed(new("transposed, one axis", [2, 3, 5], [3, 2, 4]) { Stride = [3], HasBias = false }),
        Transposed(new("transposed, three axes", [1, 2, 2, 3, 2], [2, 2, 2, 2, 3]) { Stride = [2, 1, 2] }),
        Transposed(new("transposed, depthwise", [1, 3, 4, 4], [3, 1, 4, 4]) { Groups = 3, Stride = [2], Padding = [1] }),
        Transposed(new("transposed, large", [3, 20, 14, 13], [20, 35, 4, 4]) { Stride = [2], Padding = [1] }),
    ];

    private static OpCase Convolved(Windows windows) => new(
        "Convolution",
        windows.Branch,
        Operands(windows),
        x => x[0].Convolution(x[1], x.Count > 2 ? x[2] : null, Windows.Sizes(windows.Stride), windows.Widths, Windows.Sizes(windows.Dilation), windows.Groups),
        x => windows.Reference.Forward(x[0], x[1], x.Count > 2 ? x[2] : null));

    private static OpCase Activated(Windows windows, Fused activation) => new(
        "Convolution",
        $"{windows.Branch}, {activation.Name}",
        Operands(windows),
        x => x[0].Convolution(
            x[1], x[2], Windows.Sizes(windows.Stride), windows.Widths, Windows.Sizes(windows.Dilation), windows.Groups, activation.Function),
        x => windows.Reference.Forward(x[0], x[1], x[2]).Map(activation.Reference));

    private static OpCase InputGradient(Windows windows) => new(
        "ConvolutionInputGrad",
        windows.Branch,
        [In(windows.Y), In(windows.Weight), .. windows.HasBias ? [In([windows.X[1]])] : Array.Empty<Operand>()],
        x => Op.Apply(new ConvolutionInputGradOp(windows.Geometry(), new([.. windows.X.Select(size => (long)size)])), [.. x]),
        x => windows.Reference.InputGradient(x[0], x[1], windows.X, x.Count > 2 ? x[2] : null));

    private static OpCase WeightGradient(Windows windows) => new(
        "ConvolutionWeightGrad",
        windows.Branch,
        [In(windows.Y), In(windows.X)],
        x => Op.Apply(new ConvolutionWeightGradOp(windows.Geometry(), new([.. windows.Weight.Select(size => (long)size)])), [.. x]),
        x => windows.Reference.WeightGradient(x[0], x[1], windows.Weight))
    {
        MustFit = false,
    };

    private static OpCase Transposed(Windows windows)
    {
        int[] sizes = [windows.X[0], windows.Weight[1] * windows.Groups, .. windows.X[2..]];
        for (int axis = 2; axis < sizes.Length; axis++)
        {
            int At(int[] values) => values[values.Length == 1 ? 0 : axis - 2];
            sizes[axis] = (windows.X[axis] - 1) * At(windows.Stride) - 2 * At(windows.Padding) + At(windows.Dilation) * (windows.Weight[axis] - 1)
                + At(windows.OutputPadding) + 1;
        }
        return new(
            "ConvolutionInputGrad",
            windows.Branch,
            [In(windows.X), In(windows.Weight), .. windows.HasBias ? [In([sizes[1]])] : Array.Empty<Operand>()],
            x => x[0].ConvolutionTranspose(
                x[1],
                x.Count > 2 ? x[2] : null,
                Windows.Sizes(windows.Stride),
                Windows.Sizes(windows.Padding),
                Windows.Sizes(windows.OutputPadding),
                windows.Groups,
                Windows.Sizes(windows.Dilation)),
            x => windows.Reference.InputGradient(x[0], x[1], sizes, x.Count > 2 ? x[2] : null))
        {
            NamesErrors = false,
            MustFit = false,
        };
    }

    private static IReadOnlyList<Operand> Operands(Windows windows) =>
        [In(windows.X), In(windows.Weight), .. windows.HasBias ? [In([windows.Weight[0]])] : Array.Empty<Operand>()];
}
