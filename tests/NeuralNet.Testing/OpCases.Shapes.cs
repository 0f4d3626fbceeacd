namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Movements() =>
    [
        Moved("Reshape", "view", [3, 4, 5], x => x.Reshape(12, 5), x => x.Reshape(12, 5)),
        Moved("Reshape", "size left open", [3, 4, 5], x => x.Reshape(2, -1), x => x.Reshape(2, 30)),
        Moved("Reshape", "to a scalar", [1, 1], x => x.Reshape(default(Shape)), x => x.Reshape()),
        Moved("Reshape", "of a transpose", [3, 4], x => x.T.Reshape(2, 6), x => x.Permute(1, 0).Reshape(2, 6)),
        Moved("Reshape", "large", [263, 267], x => x.T.Reshape(-1), x => x.Permute(1, 0).Reshape(263 * 267)),
        Moved("Permute", "three axes", [3, 4, 5], x => x.Permute(2, 0, 1), x => x.Permute(2, 0, 1)),
        Moved("Permute", "negative axes", [3, 4, 5], x => x.Permute(0, -1, -2), x => x.Permute(0, 2, 1)),
        Moved("Permute", "transpose", [3, 4, 5], x => x.Transpose(), x => x.Permute(0, 2, 1)),
        Moved("Permute", "transpose of two axes", [3, 4, 5], x => x.Transpose(0, 2), x => x.Permute(2, 1, 0)),
        Moved("Permute", "reverse", [3, 4, 5], x => x.T, x => x.Permute(2, 1, 0)),
        Moved("Permute", "large", [31, 47, 53], x => x.Permute(2, 0, 1), x => x.Permute(2, 0, 1)),
        Moved("Expand", "axis", [3, 1], x => x.Expand([3, 4]), x => RefArray.Generate([3, 4], i => x[i])),
        Moved("Expand", "axes in front", [4], x => x.Expand([2, 3, 4]), x => RefArray.Generate([2, 3, 4], i => x[i])),
        Moved("Expand", "scalar", [], x => x.Expand([2, 3]), x => RefArray.Generate([2, 3], i => x[i])),
        Moved("Expand", "large", [1301, 1], x => x.Expand([1301, 55]), x => RefArray.Generate([1301, 55], i => x[i])),
        Moved("Slice", "part", [5, 4], x => x.Slice(0, 1, 3), x => RefArray.Generate([3, 4], i => x[i[0] + 1, i[1]])),
        Moved("Slice", "steps", [3, 7], x => x.Slice(-1, 1, 3, 2), x => RefArray.Generate([3, 3], i => x[i[0], 2 * i[1] + 1])),
        Moved("Slice", "range", [5, 4], x => x[.., 1..3], x => RefArray.Generate([5, 2], i => x[i[0], i[1] + 1])),
        Moved("Slice", "position", [5, 4], x => x[1], x => RefArray.Generate([4], i => x[1, i[0]])),
        Moved("Slice", "position from the end", [5, 4], x => x[.., ^1], x => RefArray.Generate([5], i => x[i[0], 3])),
        Moved("Slice", "element", [5, 4], x => x[2, 3], x => RefArray.Generate([], _ => x[2, 3])),
        Moved("Slice", "new axis", [5, 4], x => x[1..3, TensorIndex.NewAxis], x => RefArray.Generate([2, 1, 4], i => x[i[0] + 1, i[2]])),
        Moved("Slice", "ellipsis", [3, 4, 5], x => x[TensorIndex.Ellipsis, 2], x => RefArray.Generate([3, 4], i => x[i[0], i[1], 2])),
        Moved("Slice", "every second", [7, 4], x => x[TensorIndex.Every(2, ..)], x => RefArray.Generate([4, 4], i => x[2 * i[0], i[1]])),
        Moved("Slice", "large", [500, 263], x => x[1..^1, TensorIndex.Every(2, ..)], x => RefArray.Generate([498, 132], i => x[i[0] + 1, 2 * i[1]])),
        Embedded("steps", [3, 2], [new(1, 3, 2), new(0, 2, 1)], [7, 4]),
        Embedded("part", [3, 4], [new(2, 3, 1), new(0, 4, 1)], [6, 4]),
        Embedded("large", [70001], [new(3, 70001, 1)], [70011]),
        Moved("Copy", "clone", [3, 7], x => x.Clone(), x => x),
        Moved("Copy", "clone of a transpose", [3, 4, 5], x => x.Transpose().Clone(), x => x.Permute(0, 2, 1)),
        Moved("Copy", "contiguous transpose", [3, 7], x => x.T.Contiguous(), x => x.Permute(1, 0)),
        Moved("Copy", "large", [263, 267], x => x.T.Contiguous(), x => x.Permute(1, 0)),
        Moved("To", "other device", [3, 7], x => x.To(Devices.Other), x => x) with { RunsOnMeta = false },
        Moved("To", "transpose to other device", [3, 7], x => x.T.To(Devices.Other), x => x.Permute(1, 0)) with { RunsOnMeta = false },
        Moved("To", "large", [300001], x => x.To(Devices.Other), x => x) with { RunsOnMeta = false },
        Joined("first axis", 0, [2, 3], [4, 3], [1, 3]),
        Joined("last axis", -1, [2, 3], [2, 4]),
        Joined("middle axis", 1, [2, 3, 2], [2, 1, 2]),
        Joined("one tensor", 0, [3, 4]),
        Joined("five tensors", 0, [1, 2], [2, 2], [1, 2], [3, 2], [1, 2]),
        Joined("large", 1, [263, 131], [263, 133]),
    ];

    private static IEnumerable<OpCase> Indexing() =>
    [
        Gathered("first axis", 0, [5, 4], [7, 4]),
        Gathered("last axis", -1, [3, 5], [3, 2]),
        Gathered("middle axis", 1, [2, 5, 3], [2, 4, 3]),
        Gathered("smaller index", 0, [5, 4], [2, 3]),
        Gathered("vector", 0, [5], [9]),
        Gathered("Int32 index", 1, [3, 5], [3, 2], DType.Int32),
        Gathered("large", 0, [263, 267], [265, 267]),
        Gathered("large rows", 1, [263, 267], [263, 269]),
        IndexSelected("first axis", 0, [5, 2, 3], 7),
        IndexSelected("last axis", -1, [3, 5], 2),
        IndexSelected("middle axis", 1, [2, 5, 3], 4),
        IndexSelected("vector", 0, [5], 9),
        IndexSelected("Int32 index", 1, [3, 5], 2, DType.Int32),
        IndexSelected("large", 0, [263, 267], 265),
        ScatterAdded("first axis", 0, [5, 4], [7, 4]),
        ScatterAdded("last axis", -1, [3, 5], [3, 4]),
        ScatterAdded("middle axis", 1, [2, 5, 3], [2, 4, 3]),
        ScatterAdded("smaller index", 0, [5, 4], [3, 2]),
        ScatterAdded("vector", 0, [5], [19]),
        ScatterAdded("Int32 index", 1, [3, 5], [3, 2], DType.Int32),
        ScatterAdded("large", 0, [263, 267], [265, 267]),
        ScatterAdded("large rows", 1, [263, 267], [263, 269]),
    ];

    private static OpCase Moved(string op, string branch, int[] sizes, Func<Tensor, Tensor> function, Func<RefArray, RefArray> reference) =>
        new(op, branch, [In(sizes)], x => function(x[0]), x => reference(x[0])) { Accepts = Accepts.Any };

    private static OpCase Embedded(string branch, int[] sizes, SliceRange[] ranges, int[] target) => new(
        "Embed",
        branch,
        [In(sizes)],
        x => Op.Apply(new EmbedOp(ranges, new([.. target.Select(size => (long)size)])), x[0]),
        x =>
        {
            RefArray y = RefArray.Generate(target, _ => 0);
            int[] index = new int[target.Length];
            _ = RefArray.Generate(sizes, i =>
            {
                for (int axis = 0; axis < index.Length; axis++)
                    index[axis] = (int)(ranges[axis].Start + i[axis] * ranges[axis].Step);
                return y[index] = x[0][i];
            });
            return y;
        })
    {
        Accepts = Accepts.Any,
    };

    private static OpCase Joined(string branch, int axis, params int[][] sizes) => new(
        "Concat",
        branch,
        [.. sizes.Select(size => In(size))],
        x => Tensor.Concat([.. x], axis),
        x => Join(x, axis < 0 ? axis + x[0].Rank : axis))
    {
        Accepts = Accepts.Any,
    };

    private static OpCase Gathered(string branch, int axis, int[] x, int[] index, DType dtype = DType.Int64)
    {
        int along = axis < 0 ? axis + x.Length : axis;
        return new("Gather", branch, [In(x), Positions(index, x[along], dtype)], inputs => inputs[0].Gather(axis, inputs[1]), inputs =>
            RefArray.Generate(index, i => inputs[0][With(i, along, (int)inputs[1][i])]))
        {
            Accepts = Accepts.Any,
        };
    }

    private static OpCase IndexSelected(string branch, int axis, int[] x, int count, DType dtype = DType.Int64)
    {
        int along = axis < 0 ? axis + x.Length : axis;
        return new("IndexSelect", branch, [In(x), Positions([count], x[along], dtype)], inputs => inputs[0].IndexSelect(axis, inputs[1]), inputs =>
            RefArray.Generate(With(x, along, count), i => inputs[0][With(i, along, (int)inputs[1][[i[along]]])]))
        {
            Accepts = Accepts.Any,
        };
    }

    private static OpCase ScatterAdded(string branch, int axis, int[] x, int[] index, DType dtype = DType.Int64)
    {
        int along = axis < 0 ? axis + x.Length : axis;
        return new(
            "ScatterAdd",
            branch,
            [In(x), Positions(index, x[along], dtype), In(index)],
            inputs => inputs[0].ScatterAdd(axis, inputs[1], inputs[2]),
            inputs => ScatterAdd(inputs[0], along, inputs[1], inputs[2]))
        {
            Accepts = Accepts.Numeric,
        };
    }

    private static RefArray Join(IReadOnlyList<RefArray> parts, int axis)
    {
        int[] sizes = With(parts[0].Sizes, axis, parts.Sum(part => part.Sizes[axis]));
        return RefArray.Generate(sizes, i =>
        {
            int position = i[axis];
            int part = 0;
            while (position >= parts[part].Sizes[axis])
                position -= parts[part++].Sizes[axis];
            return parts[part][With(i, axis, position)];
        });
    }

    private static RefArray ScatterAdd(RefArray x, int axis, RefArray index, RefArray updates)
    {
        RefArray y = x.Map(value => value);
        _ = RefArray.Generate(index.Sizes, i => y[With(i, axis, (int)index[i])] += updates[i]);
        return y;
    }

    private static int[] With(int[] index, int axis, int value)
    {
        int[] changed = [.. index];
        changed[axis] = value;
        return changed;
    }
}
