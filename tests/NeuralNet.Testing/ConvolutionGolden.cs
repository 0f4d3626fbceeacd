namespace NeuralNet.Testing;

/// <summary>A convolution that is compared with libtorch.</summary>
/// <param name="X">The sizes of the images.</param>
/// <param name="Weight">The sizes of the weight.</param>
public sealed record ConvolutionGolden(int[] X, int[] Weight)
{
    public long Stride { get; init; } = 1;

    public long Padding { get; init; }

    public long Dilation { get; init; } = 1;

    public long OutputPadding { get; init; }

    public long Groups { get; init; } = 1;

    public bool IsTransposed { get; init; }

    public int Rank => X.Length - 2;

    public string Key => $"{(IsTransposed ? "ConvolutionTranspose" : "Convolution")}, stride {Stride} padding {Padding} dilation {Dilation} groups {Groups}"
        + $"{(IsTransposed ? $" output padding {OutputPadding}" : "")} axes {Rank}";

    public int Channels => IsTransposed ? Weight[1] * (int)Groups : Weight[0];

    public static IReadOnlyList<ConvolutionGolden> All =>
    [
        new([2, 3, 5, 6], [4, 3, 3, 2]),
        new([1, 2, 6, 5], [3, 2, 3, 3]) { Padding = 1 },
        new([2, 2, 7, 6], [3, 2, 3, 3]) { Stride = 2, Padding = 1 },
        new([1, 2, 7, 7], [2, 2, 3, 2]) { Dilation = 2, Padding = 2 },
        new([1, 6, 5, 4], [4, 3, 3, 2]) { Groups = 2, Padding = 1 },
        new([2, 4, 5, 5], [4, 1, 3, 3]) { Groups = 4, Padding = 1, Stride = 2 },
        new([2, 3, 8], [4, 3, 3]) { Padding = 2, Stride = 3 },
        new([1, 2, 4, 3, 4], [3, 2, 2, 3, 2]) { Padding = 1, Stride = 2 },
        new([2, 3, 4, 3], [3, 2, 3, 2]) { IsTransposed = true },
        new([1, 3, 4, 3], [3, 2, 4, 3]) { IsTransposed = true, Stride = 2, Padding = 1, OutputPadding = 1 },
        new([1, 4, 3, 3], [4, 2, 2, 3]) { IsTransposed = true, Groups = 2, Dilation = 2, Padding = 1, OutputPadding = 1 },
        new([2, 2, 5], [2, 3, 4]) { IsTransposed = true, Stride = 3 },
        new([1, 2, 2, 3, 2], [2, 2, 2, 2, 3]) { IsTransposed = true, Stride = 2 },
    ];

    public Tensor Compute(IReadOnlyList<Tensor> x) => IsTransposed
        ? x[0].ConvolutionTranspose(x[1], x[2], Stride, Padding, OutputPadding, Groups, Dilation)
        : x[0].Convolution(x[1], x[2], Stride, Padding, Dilation, Groups);
}
