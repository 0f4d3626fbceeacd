namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Rearrangements() =>
    [
        Moved("Flip", "first axis", [3, 4], x => x.Flip(0), x => RefArray.Generate([3, 4], i => x[2 - i[0], i[1]])),
        Moved("Flip", "all axes", [3, 4, 2], x => x.Flip(), x => RefArray.Generate([3, 4, 2], i => x[2 - i[0], 3 - i[1], 1 - i[2]])),
        Moved("Flip", "negative axis", [2, 3, 4], x => x.Flip(-1), x => RefArray.Generate([2, 3, 4], i => x[i[0], i[1], 3 - i[2]])),
        Moved("Flip", "empty", [0, 3], x => x.Flip(0, 1), x => x),
        Moved("Flip", "large", [263, 267], x => x.Flip(1), x => RefArray.Generate([263, 267], i => x[i[0], 266 - i[1]])),
        Moved("Concat", "stack", [3, 4], x => Tensor.Stack([x, x.Flip(0)], 1), x =>
            RefArray.Generate([3, 2, 4], i => x[i[1] == 0 ? i[0] : 2 - i[0], i[2]])),
        Moved("Concat", "roll along an axis", [3, 5], x => x.Roll(2, 1), x => RefArray.Generate([3, 5], i => x[i[0], (i[1] + 3) % 5])),
        Moved("Concat", "roll flattened", [3, 4], x => x.Roll(-5), x => RefArray.Generate([3, 4], i => x.Values[(4 * i[0] + i[1] + 5) % 12])),
        Moved("Concat", "roll along two axes", [3, 4], x => x.Roll([1, -1], [0, 1]), x =>
            RefArray.Generate([3, 4], i => x[(i[0] + 2) % 3, (i[1] + 1) % 4])),
        Moved("Expand", "repeat", [2, 3], x => x.Repeat(2, 2, 3), x => RefArray.Generate([2, 4, 9], i => x[i[1] % 2, i[2] % 3])),
        Moved("Expand", "tile", [2, 3], x => x.Tile(2), x => RefArray.Generate([2, 6], i => x[i[0], i[1] % 3])),
        Moved("Expand", "repeat interleave", [2, 3], x => x.RepeatInterleave(2, 1), x => RefArray.Generate([2, 6], i => x[i[0], i[1] / 2])),
        Moved("Reshape", "squeeze", [2, 1, 3, 1], x => x.Squeeze(), x => x.Reshape(2, 3)),
        Moved("Reshape", "squeeze one axis", [2, 1, 3, 1], x => x.Squeeze(1, 2), x => x.Reshape(2, 3, 1)),
        Moved("Reshape", "unsqueeze", [2, 3], x => x.Unsqueeze(-1), x => x.Reshape(2, 3, 1)),
        Moved("Reshape", "flatten", [2, 3, 4, 2], x => x.Flatten(1, 2), x => x.Reshape(2, 12, 2)),
        Moved("Reshape", "flatten a scalar", [], x => x.Flatten(), x => x.Reshape(1)),
        Moved("Reshape", "unflatten", [2, 12], x => x.Unflatten(1, 3, -1), x => x.Reshape(2, 3, 4)),
        Moved("Permute", "move an axis", [2, 3, 4], x => x.MoveAxis(0, -1), x => x.Permute(1, 2, 0)),
        Moved("Permute", "move two axes", [2, 3, 4, 5], x => x.MoveAxis([0, 3], [2, 0]), x => x.Permute(3, 1, 0, 2)),
        Moved("Slice", "split", [5, 3], x => x.Split(2)[2], x => RefArray.Generate([1, 3], i => x[4, i[1]])),
        Moved("Slice", "split by sizes", [5, 3], x => x.Split([1, 4])[1], x => RefArray.Generate([4, 3], i => x[i[0] + 1, i[1]])),
        Moved("Slice", "chunk", [2, 7], x => x.Chunk(3, 1)[1], x => RefArray.Generate([2, 3], i => x[i[0], i[1] + 3])),
        Moved("Slice", "unbind", [2, 3, 4], x => x.Unbind(1)[2], x => RefArray.Generate([2, 4], i => x[i[0], 2, i[1]])),
        Moved("Where", "lower triangle", [2, 4, 5], x => x.Tril(1), x => RefArray.Generate([2, 4, 5], i => i[2] <= i[1] + 1 ? x[i] : 0)),
        Moved("Where", "upper triangle", [4, 5], x => x.Triu(-1), x => RefArray.Generate([4, 5], i => i[1] >= i[0] - 1 ? x[i] : 0)),
        Moved("Expand", "grid", [4], x => Tensor.Meshgrid([x, x.Slice(0, 0, 3)])[0], x => RefArray.Generate([4, 3], i => x[i[0]])),
        Moved("Expand", "Cartesian grid", [4], x => Tensor.Meshgrid([x, x.Slice(0, 0, 3)], MeshgridIndexing.CartesianOrder)[0], x =>
            RefArray.Generate([3, 4], i => x[i[1]])),
        Moved("Unfold", "apart", [6], x => x.Unfold(0, 2, 2), x => RefArray.Generate([3, 2], i => x[2 * i[0] + i[1]])),
        Moved("Unfold", "overlapping", [7, 2], x => x.Unfold(0, 3, 2), x => RefArray.Generate([3, 2, 3], i => x[2 * i[0] + i[2], i[1]])),
        Moved("Unfold", "last axis", [2, 7], x => x.Unfold(-1, 3, 1), x => RefArray.Generate([2, 5, 3], i => x[i[0], i[1] + i[2]])),
        Moved("Unfold", "large", [70001], x => x.Unfold(0, 3, 2), x => RefArray.Generate([35000, 3], i => x[2 * i[0] + i[1]])),
    ];
}
