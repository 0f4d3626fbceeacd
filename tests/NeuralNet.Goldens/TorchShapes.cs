using TorchSharp;
using Entry = System.Collections.Generic.KeyValuePair<string, System.Func<TorchSharp.torch.Tensor[], TorchSharp.torch.Tensor>>;
using F = TorchSharp.torch.nn.functional;

namespace NeuralNet.Goldens;

/// <summary>Operations of libtorch that move elements.</summary>
internal static class TorchShapes
{
    public static IEnumerable<Entry> All() =>
    [
        new("Transpose", x => x[0].transpose(-2, -1)),
        new("Permute", x => x[0].permute(2, 0, 1)),
        new("MoveAxis", x => x[0].movedim([0L], [2L])),
        new("Reshape", x => x[0].reshape(4, -1)),
        new("Flatten", x => x[0].flatten(1, -1)),
        new("Unflatten", x => x[0].unflatten(1, new long[] { 2, 3 })),
        new("Squeeze", x => x[0].squeeze(1)),
        new("Unsqueeze", x => x[0].unsqueeze(-1)),
        new("Expand", x => x[0].expand(2, 3, 4)),
        new("Slice", x => x[0].slice(0, 1, 6, 2)),
        new("Split", x => x[0].split(3, 0)[1]),
        new("Chunk", x => x[0].chunk(3, 0)[2]),
        new("Unbind", x => x[0].unbind(1)[2]),
        new("Diagonal", x => x[0].diagonal(1, 0, 1)),
        new("Diagonal, axes", x => x[0].diagonal(-1, 0, 2)),
        new("Unfold", x => x[0].unfold(1, 3, 2)),
        new("Concat", x => torch.cat(new[] { x[0], x[1], x[2] }, 1)),
        new("Stack", x => torch.stack(new[] { x[0], x[1] }, 1)),
        new("Meshgrid", x => torch.meshgrid(new[] { x[0], x[1] }, indexing: "ij")[1]),
        new("Flip", x => x[0].flip(0, 2)),
        new("Roll", x => x[0].roll(5)),
        new("Roll, axes", x => x[0].roll(new long[] { 1, -1 }, new long[] { 0, 1 })),
        new("Repeat", x => x[0].repeat(2, 1, 2)),
        new("Tile", x => x[0].tile(new long[] { 2 })),
        new("RepeatInterleave", x => x[0].repeat_interleave(2, dim: 1)),
        new("Diag", x => x[0].diag(1)),
        new("DiagEmbed", x => x[0].diag_embed(-1, -2, -1)),
        new("Tril", x => x[0].tril(1)),
        new("Triu", x => x[0].triu(-1)),
        new("Pad", x => F.pad(x[0], [1L, 2L], PaddingModes.Constant, 0.5)),
        new("Pad, two axes", x => F.pad(x[0], [1L, 0L, 2L, 1L], PaddingModes.Constant, 0)),
        new("Pad, cropped", x => F.pad(x[0], [-1L, 1L], PaddingModes.Constant, 0)),
        new("Pad, reflect", x => F.pad(x[0], [2L, 1L], PaddingModes.Reflect)),
        new("Pad, reflect 2D", x => F.pad(x[0], [2L, 1L, 1L, 2L], PaddingModes.Reflect)),
        new("Pad, replicate", x => F.pad(x[0], [2L, 1L], PaddingModes.Replicate)),
        new("Pad, circular", x => F.pad(x[0], [2L, 1L], PaddingModes.Circular)),
    ];
}
