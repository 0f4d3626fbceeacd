using NeuralNet.Testing;
using TorchSharp;
using Entry = System.Collections.Generic.KeyValuePair<string, System.Func<TorchSharp.torch.Tensor[], TorchSharp.torch.Tensor>>;
using F = TorchSharp.torch.nn.functional;

namespace NeuralNet.Goldens;

/// <summary>Convolutions of libtorch.</summary>
internal static class TorchConvolutions
{
    public static IEnumerable<Entry> All() =>
        ConvolutionGolden.All.Select(golden => new Entry(golden.Key, x => golden.IsTransposed ? Transposed(golden, x) : Plain(golden, x)));

    private static torch.Tensor Plain(ConvolutionGolden golden, torch.Tensor[] x)
    {
        long[] Repeat(long value) => [.. Enumerable.Repeat(value, golden.Rank)];
        return golden.Rank switch
        {
            1 => F.conv1d(x[0], x[1], x[2], golden.Stride, golden.Padding, golden.Dilation, golden.Groups),
            2 => F.conv2d(x[0], x[1], x[2], Repeat(golden.Stride), Repeat(golden.Padding), Repeat(golden.Dilation), golden.Groups),
            _ => F.conv3d(x[0], x[1], x[2], Repeat(golden.Stride), Repeat(golden.Padding), Repeat(golden.Dilation), golden.Groups),
        };
    }

    private static torch.Tensor Transposed(ConvolutionGolden golden, torch.Tensor[] x)
    {
        long[] Repeat(long value) => [.. Enumerable.Repeat(value, golden.Rank)];
        return golden.Rank switch
        {
            1 => F.conv_transpose1d(
                x[0], x[1], x[2], golden.Stride, golden.Padding, golden.OutputPadding, golden.Dilation, golden.Groups),
            2 => F.conv_transpose2d(
                x[0], x[1], x[2], Repeat(golden.Stride), Repeat(golden.Padding), Repeat(golden.OutputPadding), Repeat(golden.Dilation), golden.Groups),
            _ => F.conv_transpose3d(
                x[0], x[1], x[2], Repeat(golden.Stride), Repeat(golden.Padding), Repeat(golden.OutputPadding), Repeat(golden.Dilation), golden.Groups),
        };
    }
}
