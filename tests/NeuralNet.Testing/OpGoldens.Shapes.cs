namespace NeuralNet.Testing;

public static partial class OpGoldens
{
    private static IEnumerable<OpGolden> Views() =>
    [
        One("Transpose", [2, 3, 4], x => x.Transpose()),
        One("Permute", [2, 3, 4], x => x.Permute(2, 0, 1)),
        One("MoveAxis", [2, 3, 4], x => x.MoveAxis(0, 2)),
        One("Reshape", [2, 3, 4], x => x.Reshape(4, -1)),
        One("Flatten", [2, 3, 4], x => x.Flatten(1)),
        One("Unflatten", [2, 6], x => x.Unflatten(1, 2, 3)),
        One("Squeeze", [2, 1, 3], x => x.Squeeze(1)),
        One("Unsqueeze", [2, 3], x => x.Unsqueeze(-1)),
        One("Expand", [3, 1], x => x.Expand([2, 3, 4])),
        One("Slice", [7, 3], x => x.Slice(0, 1, 3, step: 2)),
        One("Split", [7, 3], x => x.Split(3)[1]),
        One("Chunk", [7, 3], x => x.Chunk(3)[2]),
        One("Unbind", [3, 4], x => x.Unbind(1)[2]),
        One("Diagonal", [3, 4], x => x.Diagonal(1)),
        One("Diagonal, axes", [3, 2, 4], x => x.Diagonal(-1, 0, 2)),
        One("Unfold", [2, 7], x => x.Unfold(1, 3, 2)),
    ];

    private static IEnumerable<OpGolden> Copies() =>
    [
        Many("Concat", [In([2, 3]), In([2, 1]), In([2, 2])], x => Tensor.Concat([x[0], x[1], x[2]], 1)),
        Many("Stack", [In([2, 3]), In([2, 3])], x => Tensor.Stack([x[0], x[1]], 1)),
        Many("Meshgrid", [In([2]), In([3])], x => Tensor.Meshgrid([x[0], x[1]])[1]),
        One("Flip", [2, 3, 2], x => x.Flip(0, 2)),
        One("Roll", [3, 4], x => x.Roll(5)),
        One("Roll, axes", [3, 4], x => x.Roll([1, -1], [0, 1])),
        One("Repeat", [2, 3], x => x.Repeat(2, 1, 2)),
        One("Tile", [2, 3], x => x.Tile(2)),
        One("RepeatInterleave", [2, 3], x => x.RepeatInterleave(2, 1)),
        One("Diag", [3], x => x.Diag(1)),
        One("DiagEmbed", [2, 3], x => x.DiagEmbed(-1)),
        One("Tril", [3, 4], x => x.Tril(1)),
        One("Triu", [2, 3, 3], x => x.Triu(-1)),
    ];

    private static IEnumerable<OpGolden> Paddings() =>
    [
        One("Pad", [2, 3], x => x.Pad([1, 2], 0.5)),
        One("Pad, two axes", [2, 3], x => x.Pad([1, 0, 2, 1])),
        One("Pad, cropped", [2, 5], x => x.Pad([-1, 1])),
        One("Pad, reflect", [1, 2, 4], x => x.Pad([2, 1], PaddingMode.Reflect)),
        One("Pad, reflect 2D", [1, 2, 3, 4], x => x.Pad([2, 1, 1, 2], PaddingMode.Reflect)),
        One("Pad, replicate", [1, 2, 4], x => x.Pad([2, 1], PaddingMode.Replicate)),
        One("Pad, circular", [1, 2, 4], x => x.Pad([2, 1], PaddingMode.Circular)),
    ];

    private static IEnumerable<OpGolden> Places() =>
    [
        Many("IndexSelect", [In([3, 4]), Index([5], 4)], x => x[0].IndexSelect(1, x[1])),
        Many("Gather", [In([3, 4]), Index([2, 5], 3)], x => x[0].Gather(0, x[1].Slice(1, 0, 4))),
        Many("TakeAlongAxis", [In([3, 4]), Index([3, 2], 4)], x => x[0].TakeAlongAxis(x[1], 1)),
        Many("Take", [In([3, 4]), Index([5], 12)], x => x[0].Take(x[1])),
        Many("Scatter", [In([3, 4]), In([1, 4])], x => x[0].Scatter(0, Tensor.From([2L, 0, 1, 1], [1, 4]), x[1])),
        Many("ScatterAdd", [In([3, 4]), Index([5, 4], 3), In([5, 4])], x => x[0].ScatterAdd(0, x[1], x[2])),
        Many("MaskedFill", [In([3, 4]), Mask(3, 1)], x => x[0].MaskedFill(x[1], 2)),
        Many("MaskedSelect", [In([3, 4]), Mask(3, 4)], x => x[0].MaskedSelect(x[1])),
        One("Nonzero", [3, 4], x => x.Nonzero(), Domain.FewIntegers, isDifferentiable: false),
        Many("OneHot", [Index([3, 2], 4)], x => x[0].OneHot(5), isDifferentiable: false),
        Many("IndexAdd", [In([3, 4]), Index([5], 4), In([3, 5])], x => x[0].IndexAdd(1, x[1], x[2])),
        Many("IndexFill", [In([3, 4]), Index([2], 4)], x => x[0].IndexFill(1, x[1], 7)),
        Many("IndexPut", [In([3, 4]), In([2])], x => x[0].IndexPut([Tensor.From([2L, 0]), Tensor.From([3L, 1])], x[1])),
        Many("IndexPut, added", [In([3, 4]), Index([6], 3), Index([6], 4), In([6])], x => x[0].IndexPut([x[1], x[2]], x[3], accumulate: true)),
    ];
}
