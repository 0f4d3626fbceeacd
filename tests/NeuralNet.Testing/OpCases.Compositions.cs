namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> NumericCompositions() =>
    [
        Moved("Diagonal", "main", [4, 5], x => x.Diagonal(), x => RefArray.Generate([4], i => x[i[0], i[0]])),
        Moved("Diagonal", "above", [2, 4, 5], x => x.Diagonal(2, 1, 2), x => RefArray.Generate([2, 3], i => x[i[0], i[1], i[1] + 2])),
        Moved("Diagonal", "below, axes exchanged", [4, 3, 5], x => x.Diagonal(-1, 2, 0), x =>
            RefArray.Generate([3, 4], i => x[i[1], i[0], i[1] + 1])),
        Moved("Diagonal", "outside", [3, 4], x => x.Diagonal(9), _ => new([0], [])),
        Moved("Diagonal", "large", [70001, 3], x => x.Diagonal(-2), x => RefArray.Generate([3], i => x[i[0] + 2, i[0]])),
        Moved("Diag", "vector", [4], x => x.Diag(), x => RefArray.Generate([4, 4], i => i[0] == i[1] ? x[i[0]] : 0)),
        Moved("DiagEmbed", "batch, below", [2, 3], x => x.DiagEmbed(-1), x =>
            RefArray.Generate([2, 4, 4], i => i[1] == i[2] + 1 ? x[i[0], i[2]] : 0)),
        Moved("DiagEmbed", "large", [1500], x => x.DiagEmbed(), x => RefArray.Generate([1500, 1500], i => i[0] == i[1] ? x[i[0]] : 0)),
        new("TanhShrink", "matrix", [In([3, 7])], x => x[0].TanhShrink(), x => x[0].Map(value => value - Math.Tanh(value))),
        new("Glu", "last axis", [In([3, 6])], x => x[0].Glu(), x =>
            RefArray.Generate([3, 3], i => x[0][i] / (1 + Math.Exp(-x[0][i[0], i[1] + 3])))),
        new("Glu", "first axis", [In([4, 3])], x => x[0].Glu(0), x =>
            RefArray.Generate([2, 3], i => x[0][i] / (1 + Math.Exp(-x[0][i[0] + 2, i[1]])))),
        new("Prelu", "one slope", [In([3, 7], Domain.AwayFrom0), In([1])], x => x[0].Prelu(x[1]), x =>
            RefArray.Generate([3, 7], i => x[0][i] > 0 ? x[0][i] : x[1][0] * x[0][i]))
        {
            MustFit = false,
        },
        new("Prelu", "channels", [In([2, 3, 4], Domain.AwayFrom0), In([3])], x => x[0].Prelu(x[1]), x =>
            RefArray.Generate([2, 3, 4], i => x[0][i] > 0 ? x[0][i] : x[1][[i[1]]] * x[0][i])),
        new("Lerp", "number", [In([3, 7]), In([3, 7])], x => x[0].Lerp(x[1], 0.25), x => RefArray.Zip(x[0], x[1], (a, b) => a + 0.25 * (b - a))),
        new("Lerp", "beyond", [In([3, 7]), In([7])], x => x[0].Lerp(x[1], 1.5), x => RefArray.Zip(x[0], x[1], (a, b) => a + 1.5 * (b - a))),
        Spread("variance", "Var", x => x.Var(1), [1], false, row => Variance(row, 1)),
        Spread("all, uncorrected", "Var", x => x.Var([], 0), [], false, row => Variance(row, 0)),
        Spread("columns", "Std", x => x.Std([0], keepDims: true), [0], true, row => Math.Sqrt(Variance(row, 1))),
        Spread("2", "Norm", x => x.Norm(2, 1), [1], false, row => Math.Sqrt(row.Sum(v => v * v))),
        Spread("1", "Norm", x => x.Norm(1), [], false, row => row.Sum(Math.Abs)),
        Spread("3", "Norm", x => x.Norm(3, 0), [0], false, row => Math.Cbrt(row.Sum(v => Math.Abs(v * v * v)))),
        Spread("−2", "Norm", x => x.Norm(-2, 0), [0], false, row => 1 / Math.Sqrt(row.Sum(v => 1 / (v * v)))),
        Spread("∞", "Norm", x => x.Norm(double.PositiveInfinity, 1), [1], false, row => row.Max(Math.Abs)),
        Spread("−∞", "Norm", x => x.Norm(double.NegativeInfinity, 1), [1], false, row => row.Min(Math.Abs)),
        Spread("0.3", "Quantile", x => x.Quantile(0.3, 1), [1], false, row => Quantile([.. row.Order()], 0.3)),
        Spread("0.8, kept", "Quantile", x => x.Quantile(0.8, 0, keepDims: true), [0], true, row => Quantile([.. row.Order()], 0.8)),
        Picked("Median", "odd", [3, 7], x => x.Median(1).Values, row => row.Order().ElementAt(3)),
        Picked("Median", "even", [3, 8], x => x.Median(1).Values, row => row.Order().ElementAt(3)),
        Picked("KthValue", "third", [3, 8], x => x.KthValue(3).Values, row => row.Order().ElementAt(2)),
        Picked("Mode", "all distinct", [3, 8], x => x.Mode(1).Values, MostFrequent),
        new("Sort", "rows", [In([3, 9], Domain.Distinct)], x => x[0].Sort(1).Values, x => x[0].MapRows(1, row => [.. row.Order()]))
        {
            Accepts = Accepts.NumericOrBool,
        },
        new("Sort", "large", [In([70001], Domain.Distinct)], x => x[0].Sort(0, descending: true).Values, x =>
            x[0].MapRows(0, row => [.. row.OrderDescending()]))
        {
            Accepts = Accepts.Floating,
            RunsOnMeta = false,
        },
    ];

    /// <summary>A function of the numbers along axes that has no kink where they are distinct and not 0.</summary>
    private static OpCase Spread(
        string branch, string op, Func<Tensor, Tensor> function, int[] axes, bool keepDims, Func<double[], double> reference) =>
        new(op, branch, [In([3, 7], Domain.Distinct.Plus(0.015625))], x => function(x[0]), x => x[0].Reduce(axes, keepDims, reference));

    private static OpCase Picked(string op, string branch, int[] sizes, Func<Tensor, Tensor> function, Func<double[], double> reference) =>
        new(op, branch, [In(sizes, Domain.Distinct)], x => function(x[0]), x => x[0].Reduce([1], false, reference)) { Accepts = Accepts.Numeric };

    private static double MostFrequent(double[] row) =>
        row.GroupBy(x => x).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
}
