using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>Convolutions: forward, and forward with the gradients of images, weight and bias.</summary>
internal static class ConvSuite
{
    private static readonly Shapes[] s_shapes =
    [
        new("3x3-64-64-n16-56", [16, 64, 56, 56], [64, 64, 3, 3]) { Padding = 1, IsWinograd = true },
        new("3x3-1-32-n64-28", [64, 1, 28, 28], [32, 1, 3, 3]),
        new("3x3-32-64-n64-14", [64, 32, 14, 14], [64, 32, 3, 3]) { IsWinograd = true },
        new("3x3-128-128-n16-28", [16, 128, 28, 28], [128, 128, 3, 3]) { Padding = 1, IsWinograd = true },
        new("3x3-256-256-n16-14", [16, 256, 14, 14], [256, 256, 3, 3]) { Padding = 1, IsWinograd = true },
        new("3x3-64-128-n16-56-stride2", [16, 64, 56, 56], [128, 64, 3, 3]) { Padding = 1, Stride = 2 },
        new("1x1-256-64-n16-28", [16, 256, 28, 28], [64, 256, 1, 1]),
        new("7x7-3-64-n8-224-stride2", [8, 3, 224, 224], [64, 3, 7, 7]) { Padding = 3, Stride = 2 },
        new("3x3-depthwise-96-n16-28", [16, 96, 28, 28], [96, 1, 3, 3]) { Padding = 1, Groups = 96 },
        new("5x5-32-64-n16-28", [16, 32, 28, 28], [64, 32, 5, 5]),
        new("1d-5-64-64-n32-512", [32, 64, 512], [64, 64, 5]),
        new("3d-3x3x3-16-32-n4-16", [4, 16, 16, 16, 16], [32, 16, 3, 3, 3]),
        new("transposed-4x4-64-32-n16-14-stride2", [16, 64, 14, 14], [64, 32, 4, 4]) { Stride = 2, IsTransposed = true },
    ];

    public static IEnumerable<Case> Cases => [.. s_shapes.Select(shapes => Of(shapes, false)), .. s_shapes.Select(shapes => Of(shapes, true))];

    private static Case Of(Shapes shapes, bool runsBackward)
    {
        string pass = runsBackward ? "backward" : "forward";
        return new(
            $"conv/{shapes.Name}/{pass}",
            shapes.IsWinograd ? [$"conv-{pass}", $"conv-{pass}-3x3"] : [$"conv-{pass}"],
            device => new ImageOperation(
                device,
                [shapes.X, shapes.Weight, [shapes.IsTransposed ? shapes.Weight[1] : shapes.Weight[0]]],
                x => shapes.IsTransposed
                    ? x[0].ConvolutionTranspose(x[1], x[2], shapes.Stride, shapes.Padding, 0, shapes.Groups, 1)
                    : x[0].Convolution(x[1], x[2], shapes.Stride, shapes.Padding, 1, shapes.Groups),
                shapes.Theirs,
                runsBackward,
                shapes.IsWinograd ? Tolerance.Winograd : Tolerance.Product(shapes.Weight.Skip(1).Aggregate(1L, (product, size) => product * size))));
    }

    private sealed record Shapes(string Name, long[] X, long[] Weight)
    {
        public long Stride { get; init; } = 1;

        public long Padding { get; init; }

        public long Groups { get; init; } = 1;

        public bool IsTransposed { get; init; }

        public bool IsWinograd { get; init; }

        public torch.Tensor Theirs(torch.Tensor[] x)
        {
            if (IsTransposed)
                return F.conv_transpose2d(x[0], x[1], x[2], [Stride, Stride], [Padding, Padding], [0, 0], [1, 1], Groups);
            return X.Length switch
            {
                3 => F.conv1d(x[0], x[1], x[2], Stride, Padding, 1, Groups),
                4 => F.conv2d(x[0], x[1], x[2], [Stride, Stride], [Padding, Padding], [1, 1], Groups),
                _ => F.conv3d(x[0], x[1], x[2], [Stride, Stride, Stride], [Padding, Padding, Padding], [1, 1, 1], Groups),
            };
        }
    }
}
