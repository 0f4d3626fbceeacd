namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Contractions() =>
    [
        Tied("diagonal", [4, 4], [0, 0]),
        Tied("first and last", [3, 4, 3], [0, 1, 0]),
        Tied("two pairs", [3, 2, 3, 2], [1, 0, 1, 0]),
        Tied("three", [3, 3, 3], [0, 0, 0]),
        Tied("empty", [0, 0, 2], [0, 0, 1]),
        Tied("large", [67, 67, 3], [0, 0, 1]),
        TiedBack("diagonal", [4], [0, 0], [4, 4]),
        TiedBack("first and last", [3, 4], [0, 1, 0], [3, 4, 3]),
        TiedBack("large", [1301], [0, 0], [1301, 1301]),
    ];

    /// <summary>Products and distances that are made of other operations.</summary>
    private static IEnumerable<OpCase> ContractionCompositions() =>
    [
        new("Dot", "vectors", [In([7]), In([7])], x => x[0].Dot(x[1]), x => RefEinsum.Compute("i,i", x)),
        new("Dot", "empty", [In([0]), In([0])], x => x[0].Dot(x[1]), x => RefEinsum.Compute("i,i", x)),
        new("Dot", "large", [In([2003]), In([2003])], x => x[0].Dot(x[1]), x => RefEinsum.Compute("i,i", x)),
        Pairs("Outer", "vectors", [3], [4], (a, b) => a.Outer(b), (a, b) => RefEinsum.Compute("i,j->ij", [a, b])),
        Pairs("Outer", "large", [1301], [11], (a, b) => a.Outer(b), (a, b) => RefEinsum.Compute("i,j->ij", [a, b])),
        new("Trace", "square", [In([4, 4])], x => x[0].Trace(), x => RefEinsum.Compute("ii", x)) { Accepts = Accepts.NumericOrBool },
        new("Trace", "wide", [In([3, 5])], x => x[0].Trace(), x => new([], [x[0][0, 0] + x[0][1, 1] + x[0][2, 2]]))
        {
            Accepts = Accepts.NumericOrBool,
        },
        new("Trace", "large", [In([67, 67])], x => x[0].Trace(), x => RefEinsum.Compute("ii", x)) { Accepts = Accepts.NumericOrBool },
        Pairs("Kron", "matrices", [2, 3], [3, 2], (a, b) => a.Kron(b), Kron),
        Pairs("Kron", "vectors", [3], [4], (a, b) => a.Kron(b), Kron),
        Pairs("Kron", "vector and matrix", [3], [2, 2], (a, b) => a.Kron(b), Kron),
        Pairs("Kron", "axes of size 1", [1, 3, 1, 2], [2, 1, 1, 2], (a, b) => a.Kron(b), Kron),
        Pairs("Kron", "large", [41, 43], [2, 3], (a, b) => a.Kron(b), Kron),
        .. Distances(),
        Cosine("rows", 1, [3, 5], [3, 5]),
        Cosine("columns", 0, [5, 3], [5, 3]),
        Cosine("broadcast", -1, [3, 1, 5], [4, 5]),
        Cosine("large", 1, [131, 37], [131, 37]),
        .. Einsums(),
    ];

    private static IEnumerable<OpCase> Distances()
    {
        foreach (double p in new[] { 2, 1, double.PositiveInfinity, 0, 0.5, 1.5, 3 })
        {
            yield return Distance("CDist", $"p = {p}", p, [3, 4], [5, 4]);
            yield return Distance("PairwiseDistance", $"p = {p}", p, [3, 4], [3, 4]);
        }
        yield return Distance("CDist", "batch", 2, [2, 3, 4], [5, 4]);
        yield return Distance("CDist", "batches broadcast", 1, [2, 1, 3, 4], [3, 2, 4]);
        yield return Distance("CDist", "no coordinates", double.PositiveInfinity, [3, 0], [2, 0]);
        yield return Distance("CDist", "no points", 2, [0, 4], [2, 4]);
        yield return Distance("CDist", "large", 2, [131, 11], [67, 11]);
        yield return Distance("PairwiseDistance", "broadcast", 2, [2, 3, 4], [3, 1]);
        yield return Distance("PairwiseDistance", "large", 2, [263, 11], [263, 11]);
    }

    private static IEnumerable<OpCase> Einsums() =>
    [
        Einstein("ij->ji", [3, 4]),
        Einstein("ij->", [3, 4]),
        Einstein("ijk->j", [3, 4, 2]),
        Einstein("ii->", [4, 4]),
        Einstein("ii->i", [4, 4]),
        Einstein("iji->j", [3, 2, 3]),
        Einstein("i,i", [5], [5]),
        Einstein("i,j->ij", [3], [4]) with { MustFit = false },
        Einstein("i,j->", [3], [4]) with { MustFit = false },
        Einstein("ij,ij->ij", [3, 4], [3, 4]),
        Einstein("ij,jk", [3, 5], [5, 4]),
        Einstein("ij,kj->ik", [3, 5], [4, 5]),
        Einstein("bij,bjk->bik", [2, 3, 5], [2, 5, 4]),
        Einstein("bi,bi->b", [3, 4], [3, 4]),
        Einstein("aij,bij->ab", [3, 2, 4], [5, 2, 4]),
        Einstein("ij,j->i", [3, 5], [5]),
        Einstein("ii,ij->j", [3, 3], [3, 4]),
        Einstein(",ij->ij", [], [3, 4]),
        Einstein("...ij, ...jk -> ...ik", [2, 3, 5], [4, 1, 5, 2]),
        Einstein("...i->...", [2, 3, 4]),
        Einstein("...i,...i", [2, 3], [3]),
        Einstein("i...->i", [3, 2, 2]),
        Einstein("ij,jk->ik", [3, 1], [5, 4]) with { MustFit = false },
        Einstein("ij,jk,kl->il", [3, 4], [4, 2], [2, 5]),
        Einstein("bi,bj,ijk->bk", [4, 2], [4, 3], [2, 3, 5]),
        Einstein("a,b,c,abc->", [2], [3], [4], [2, 3, 4]),
        Einstein("ij,jk->ik", [3, 0], [0, 4]),
        Einstein("bij,bkj->bik", [3, 37, 41], [3, 43, 41]),
        Einstein("ij,jk,kl->il", [41, 37], [37, 11], [11, 13]),
    ];

    private static OpCase Einstein(string equation, params int[][] sizes) => new(
        "Einsum",
        $"{equation} of {string.Join(" and ", sizes.Select(operand => $"[{string.Join(", ", operand)}]"))}",
        [.. sizes.Select(operand => In(operand))],
        x => Tensor.Einsum(equation, [.. x]),
        x => RefEinsum.Compute(equation, x));

    private static OpCase Tied(string branch, int[] sizes, int[] targets) => new(
        "TieAxes",
        branch,
        [In(sizes)],
        x => x[0].TieAxes(targets),
        x => RefArray.Generate(TiedSizes(sizes, targets), i => x[0][[.. targets.Select(target => i[target])]]))
    {
        Accepts = Accepts.Any,
    };

    private static OpCase TiedBack(string branch, int[] sizes, int[] targets, int[] target) => new(
        "TieAxesGrad",
        branch,
        [In(sizes)],
        x => Op.Apply(new TieAxesGradOp(targets, new([.. target.Select(size => (long)size)])), x[0]),
        x =>
        {
            RefArray y = RefArray.Generate(target, _ => 0);
            _ = RefArray.Generate(sizes, i => y[[.. targets.Select(axis => i[axis])]] = x[0][i]);
            return y;
        })
    {
        Accepts = Accepts.Any,
    };

    private static int[] TiedSizes(int[] sizes, int[] targets) =>
        [.. Enumerable.Range(0, targets.Max() + 1).Select(target => sizes[Array.IndexOf(targets, target)])];

    /// <summary>A case of two operands of any sizes and numeric dtype.</summary>
    private static OpCase Pairs(
        string op, string branch, int[] a, int[] b, Func<Tensor, Tensor, Tensor> function, Func<RefArray, RefArray, RefArray> reference) =>
        new(op, branch, [In(a), In(b)], x => function(x[0], x[1]), x => reference(x[0], x[1]))
        {
            Accepts = Accepts.Numeric,
            MustFit = false,
        };

    private static RefArray Kron(RefArray a, RefArray b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        int[] left = [.. Enumerable.Repeat(1, rank - a.Rank), .. a.Sizes];
        int[] right = [.. Enumerable.Repeat(1, rank - b.Rank), .. b.Sizes];
        return RefArray.Generate([.. left.Zip(right, (m, n) => m * n)], i =>
            a[[.. i.Select((position, axis) => position / right[axis])]] * b[[.. i.Select((position, axis) => position % right[axis])]]);
    }

    /// <summary>No two coordinates are equal: those of one operand are negative, the other's positive.</summary>
    private static OpCase Distance(string op, string branch, double p, int[] a, int[] b) => new(
        op,
        branch,
        [In(a, Domain.Between(-2, -0.2)), In(b, Domain.Between(0.2, 2))],
        x => op == "CDist" ? Tensor.CDist(x[0], x[1], p) : x[0].PairwiseDistance(x[1], p),
        x => op == "CDist" ? Distance(x[0], x[1], p) : Norm(RefArray.Zip(x[0], x[1], (m, n) => m - n + 1e-6), p));

    private static RefArray Distance(RefArray a, RefArray b, double p)
    {
        RefArray rows = a.Reshape([.. a.Sizes[..^1], 1, a.Sizes[^1]]);
        RefArray columns = b.Reshape([.. b.Sizes[..^2], 1, .. b.Sizes[^2..]]);
        return Norm(RefArray.Zip(rows, columns, (m, n) => m - n), p);
    }

    private static RefArray Norm(RefArray x, double p) => x.Reduce([-1], keepDims: false, row => p switch
    {
        0 => row.Count(element => element != 0),
        double.PositiveInfinity => row.Select(Math.Abs).Append(0).Max(),
        _ => Math.Pow(row.Sum(element => Math.Pow(Math.Abs(element), p)), 1 / p),
    });

    private static OpCase Cosine(string branch, int axis, int[] a, int[] b) => new(
        "CosineSimilarity",
        branch,
        [In(a), In(b)],
        x => x[0].CosineSimilarity(x[1], axis),
        x =>
        {
            RefArray product = RefArray.Zip(x[0], x[1], (m, n) => m * n);
            RefArray left = RefArray.Generate(product.Sizes, i => x[0][i]);
            RefArray right = RefArray.Generate(product.Sizes, i => x[1][i]);
            RefArray lengths = RefArray.Zip(Length(left), Length(right), (m, n) => m * n);
            return RefArray.Zip(product.Reduce([axis], keepDims: false, row => row.Sum()), lengths, (m, n) => m / n);

            RefArray Length(RefArray vectors) => vectors.Reduce([axis], keepDims: false, row => Math.Sqrt(row.Sum(m => m * m)));
        });
}
