namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Places() =>
    [
        Scattered("first axis", 0, [5, 4], [7, 4]),
        Scattered("last axis", -1, [3, 5], [3, 4]),
        Scattered("middle axis", 1, [2, 5, 3], [2, 4, 3]),
        Scattered("smaller index", 0, [5, 4], [3, 2]),
        Scattered("vector", 0, [5], [19]),
        Scattered("Int32 index", 1, [3, 5], [3, 2], DType.Int32),
        Scattered("no positions", 0, [3, 4], [0, 4]),
        Scattered("large", 0, [263, 267], [265, 267]),
        Scattered("large rows", 1, [263, 267], [263, 269]),
        new("Scatter", "number", [In([3, 5]), Positions([3, 2], 5)], x => x[0].Scatter(1, x[1], 1), x => ScatterNumber(x[0], 1, x[1]))
        {
            Accepts = Accepts.Any,
        },
        new("Scatter", "slices", [In([3, 5]), Positions([2], 5)], x => x[0].IndexFill(-1, x[1], 1), x => FillSlices(x[0], 1, x[1]))
        {
            Accepts = Accepts.Any,
        },
        ScatteredMax("first axis", 0, [5, 4], [7, 4]),
        ScatteredMax("last axis", -1, [3, 5], [3, 4]),
        ScatteredMax("middle axis", 1, [2, 5, 3], [2, 4, 3]),
        ScatteredMax("smaller index", 0, [5, 4], [3, 2]),
        ScatteredMax("vector", 0, [5], [19]),
        ScatteredMax("Int32 index", 1, [3, 5], [3, 2], DType.Int32),
        ScatteredMax("no positions", 0, [3, 4], [0, 4]),
        ScatteredMax("large", 0, [131, 133], [137, 133]),
        ScatteredMax("large rows", 1, [131, 133], [131, 137]),
        NonzerosOf("matrix", [5, 4]),
        NonzerosOf("vector", [19]),
        NonzerosOf("three axes", [3, 1, 4]),
        NonzerosOf("scalar", []),
        NonzerosOf("empty", [0, 3]),
        NonzerosOf("large", [263, 267]),
        NonzerosOf("large vector", [70001]),
    ];

    /// <summary>Ways to index that are made of other operations.</summary>
    private static IEnumerable<OpCase> PlaceCompositions() =>
    [
        TakenAlong("same sizes", 0, [5, 4], [7, 4]),
        TakenAlong("index broadcast", -1, [2, 3, 5], [1, 3, 2]),
        TakenAlong("tensor broadcast", 1, [1, 5, 3], [2, 4, 3]),
        TakenAlong("both broadcast", 1, [1, 5, 3], [2, 4, 1]),
        TakenAlong("large", 0, [263, 1], [70, 267]),
        Taken("matrix", [3, 4], [2, 5]),
        Taken("scalar index", [3, 4], []),
        Taken("large", [263, 267], [70001]),
        Masked("one shape", [3, 4], [3, 4]),
        Masked("mask broadcast", [2, 3, 4], [3, 1]),
        Masked("tensor broadcast", [4], [3, 4]),
        Masked("large", [263, 267], [263, 267]),
        new(
            "MaskedFill",
            "tensor",
            [In([2, 3]), Condition(2, 3), In([3])],
            x => x[0].MaskedFill(x[1], x[2]),
            x => RefArray.Generate([2, 3], i => x[1][i] != 0 ? x[2][i] : x[0][i]))
        {
            Accepts = Accepts.Any,
        },
        Selected("one shape", [3, 4], [3, 4]),
        Selected("mask broadcast", [2, 3, 4], [3, 1]),
        Selected("tensor broadcast", [4], [3, 4]),
        Selected("empty", [0, 4], [1, 4]),
        Selected("large", [263, 267], [263, 267]),
        OneHotOf("matrix", [3, 4], 5),
        OneHotOf("large", [2003], 37, DType.Int32),
        Put("rows", [5, 3], [4, 3], [4]),
        Put("elements", [5, 3], [2, 2], [2, 2], [2, 2]),
        Put("indices broadcast", [4, 5, 2], [3, 2, 2], [3, 1], [2]),
        Put("values broadcast", [4, 5, 2], [2], [3], [3]),
        Put("elements of three axes", [3, 2, 4], [7], [7], [7], [7]),
        Put("large", [263, 267], [5003], [5003], [5003]),
        Put("large rows", [263, 267], [301, 267], [301]),
        new(
            "IndexAdd",
            "matrix",
            [In([3, 5]), Positions([4], 5), In([3, 4])],
            x => x[0].IndexAdd(1, x[1], x[2]),
            x => ScatterAdd(x[0], 1, RefArray.Generate([3, 4], i => x[1][i]), x[2]))
        {
            Accepts = Accepts.Numeric,
        },
    ];

    private static OpCase Scattered(string branch, int axis, int[] x, int[] index, DType dtype = DType.Int64)
    {
        int along = axis < 0 ? axis + x.Length : axis;
        return new(
            "Scatter",
            branch,
            [In(x), Positions(index, x[along], dtype), In(index)],
            inputs => inputs[0].Scatter(axis, inputs[1], inputs[2]),
            inputs => Scatter(inputs[0], along, inputs[1], inputs[2], (_, update) => update))
        {
            Accepts = Accepts.Any,
        };
    }

    /// <summary>No two numbers are equal: the tensor's lie between those of the updates.</summary>
    private static OpCase ScatteredMax(string branch, int axis, int[] x, int[] index, DType dtype = DType.Int64)
    {
        int along = axis < 0 ? axis + x.Length : axis;
        return new(
            "ScatterMax",
            branch,
            [In(x, Domain.AnyOther), Positions(index, x[along], dtype), In(index, Domain.Distinct)],
            inputs => inputs[0].ScatterMax(axis, inputs[1], inputs[2]),
            inputs => Scatter(inputs[0], along, inputs[1], inputs[2], Math.Max))
        {
            Accepts = Accepts.Numeric,
        };
    }

    private static OpCase NonzerosOf(string branch, int[] sizes) => new(
        "Nonzero", branch, [In(sizes, Domain.FewIntegers)], x => x[0].Nonzero(), x => Nonzeros(x[0]))
    {
        Accepts = Accepts.NumericOrBool,
        IsDifferentiable = false,
        RunsOnMeta = false,
    };

    private static OpCase TakenAlong(string branch, int axis, int[] x, int[] index)
    {
        int along = axis < 0 ? axis + x.Length : axis;
        int[] sizes = With(RefArray.Broadcast(With(x, along, 1), With(index, along, 1)), along, index[along]);
        return new(
            "TakeAlongAxis",
            branch,
            [In(x), Positions(index, x[along])],
            inputs => inputs[0].TakeAlongAxis(inputs[1], axis),
            inputs => RefArray.Generate(sizes, i => inputs[0][With(i, along, (int)inputs[1][i])]))
        {
            Accepts = Accepts.Any,
        };
    }

    private static OpCase Taken(string branch, int[] x, int[] index) => new(
        "Take",
        branch,
        [In(x), Positions(index, RefArray.Count(x))],
        inputs => inputs[0].Take(inputs[1]),
        inputs => inputs[1].Map(position => inputs[0].Values[(int)position]))
    {
        Accepts = Accepts.Any,
        MustFit = false,
    };

    private static OpCase Masked(string branch, int[] x, int[] mask) => new(
        "MaskedFill",
        branch,
        [In(x), Condition(mask)],
        inputs => inputs[0].MaskedFill(inputs[1], 1),
        inputs => RefArray.Zip(inputs[0], inputs[1], (element, isMasked) => isMasked != 0 ? 1 : element))
    {
        Accepts = Accepts.Any,
    };

    private static OpCase Selected(string branch, int[] x, int[] mask) => new(
        "MaskedSelect",
        branch,
        [In(x), Condition(mask)],
        inputs => inputs[0].MaskedSelect(inputs[1]),
        inputs => Select(inputs[0], inputs[1]))
    {
        Accepts = Accepts.Any,
        RunsOnMeta = false,
    };

    private static OpCase OneHotOf(string branch, int[] index, int classes, DType dtype = DType.Int64) => new(
        "OneHot", branch, [Positions(index, classes, dtype)], x => x[0].OneHot(classes), x => OneHot(x[0], classes))
    {
        Accepts = Accepts.Any,
        IsDifferentiable = false,
    };

    private static OpCase Put(string branch, int[] x, int[] values, params int[][] indices) => new(
        "IndexPut",
        branch,
        [In(x), .. indices.Select((index, axis) => Positions(index, x[axis])), In(values)],
        inputs => inputs[0].IndexPut([.. inputs.Skip(1).SkipLast(1)], inputs[^1]),
        inputs => Put(inputs[0], [.. inputs.Skip(1).SkipLast(1)], inputs[^1]))
    {
        Accepts = Accepts.Any,
    };

    private static RefArray Scatter(RefArray x, int axis, RefArray index, RefArray updates, Func<double, double, double> combine)
    {
        RefArray y = x.Map(value => value);
        _ = RefArray.Generate(index.Sizes, i =>
        {
            int[] target = With(i, axis, (int)index[i]);
            return y[target] = combine(y[target], updates[i]);
        });
        return y;
    }

    private static RefArray ScatterNumber(RefArray x, int axis, RefArray index) =>
        Scatter(x, axis, index, index.Map(_ => 1), (_, update) => update);

    private static RefArray FillSlices(RefArray x, int axis, RefArray index) =>
        RefArray.Generate(x.Sizes, i => index.Values.Contains(i[axis]) ? 1 : x[i]);

    private static RefArray Nonzeros(RefArray x)
    {
        List<double> positions = [];
        int count = 0;
        _ = RefArray.Generate(x.Sizes, i =>
        {
            if (x[i] == 0)
                return 0;
            count++;
            positions.AddRange(i.Select(position => (double)position));
            return 1;
        });
        return new([count, x.Rank], [.. positions]);
    }

    private static RefArray Select(RefArray x, RefArray mask)
    {
        List<double> taken = [];
        _ = RefArray.Zip(x, mask, (element, isTaken) =>
        {
            if (isTaken != 0)
                taken.Add(element);
            return 0;
        });
        return new([taken.Count], [.. taken]);
    }

    private static RefArray OneHot(RefArray index, int classes) =>
        RefArray.Generate([.. index.Sizes, classes], i => index[i[..^1]] == i[^1] ? 1 : 0);

    private static RefArray Put(RefArray x, RefArray[] indices, RefArray values)
    {
        RefArray y = x.Map(value => value);
        int[] positions = indices.Select(index => index.Sizes).Aggregate(RefArray.Broadcast);
        _ = RefArray.Generate([.. positions, .. x.Sizes[indices.Length..]], i =>
        {
            int[] position = i[..positions.Length];
            return y[[.. indices.Select(index => (int)index[position]), .. i[positions.Length..]]] = values[i];
        });
        return y;
    }
}
