namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Paddings() =>
    [
        Padded("zeros", [2, 3], [1, 2]),
        Padded("two axes", [2, 3], [1, 0, 2, 1]),
        Padded("cut", [4, 5], [-1, 2, -1, -1]),
        Padded("scalar axis", [1], [3, 0]),
        Padded("empty", [0, 2], [1, 1, 1, 0]),
        Padded("large", [263, 267], [1, 2, 3, 4]),
        Moved("Pad", "value", [2, 3], x => x.Pad([1, 1], 1), x => RefArray.Generate([2, 5], i => i[1] is 0 or 4 ? 1 : x[i[0], i[1] - 1])),
        Moved("IndexSelect", "reflect", [2, 4], x => x.Pad([3, 2], PaddingMode.Reflect), x =>
            RefArray.Generate([2, 9], i => x[i[0], Mirrored(i[1] - 3, 4)])),
        Moved("IndexSelect", "reflect two axes", [3, 4], x => x.Pad([1, 2, 2, 1], PaddingMode.Reflect), x =>
            RefArray.Generate([6, 7], i => x[Mirrored(i[0] - 2, 3), Mirrored(i[1] - 1, 4)])),
        Moved("IndexSelect", "replicate", [2, 3], x => x.Pad([2, 4, 1, 0], PaddingMode.Replicate), x =>
            RefArray.Generate([3, 9], i => x[Math.Clamp(i[0] - 1, 0, 1), Math.Clamp(i[1] - 2, 0, 2)])),
        Moved("IndexSelect", "circular", [2, 3], x => x.Pad([2, 3], PaddingMode.Circular), x =>
            RefArray.Generate([2, 8], i => x[i[0], (i[1] + 1) % 3])),
    ];

    private static OpCase Padded(string branch, int[] sizes, long[] widths)
    {
        int[] before = [.. sizes.Select((_, axis) => Width(widths, sizes.Length, axis, 0))];
        int[] padded = [.. sizes.Select((size, axis) => size + before[axis] + Width(widths, sizes.Length, axis, 1))];
        return Moved("Pad", branch, sizes, x => x.Pad(widths), x => RefArray.Generate(padded, i =>
        {
            int[] source = [.. i.Select((position, axis) => position - before[axis])];
            return source.Zip(sizes).All(pair => pair.First >= 0 && pair.First < pair.Second) ? x[source] : 0;
        }));
    }

    private static int Width(long[] widths, int rank, int axis, int side)
    {
        int pair = 2 * (rank - 1 - axis);
        return pair < widths.Length ? (int)widths[pair + side] : 0;
    }

    private static int Mirrored(int position, int size) =>
        position < 0 ? -position : position >= size ? 2 * (size - 1) - position : position;
}
