namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Scans() =>
    [
        .. Scanned("CumSum", (x, axis) => x.CumSum(axis), Domain.Any, (a, b) => a + b, Accepts.NumericOrBool),
        .. LongSums(),
        .. Scanned("CumProd", (x, axis) => x.CumProd(axis), Domain.Between(0.97, 1.03), (a, b) => a * b, Accepts.NumericOrBool, large: [8, 9001])
            .Where(opCase => opCase.Branch != "large rows"),
        new("CumProd", "zeros", [ZeroedAt([3, 7], 5, 8, 11)], x => x[0].CumProd(1), x => x[0].MapRows(1, row => Running(row, (a, b) => a * b)))
        {
            Accepts = Accepts.NumericOrBool,
        },
        .. Winners("CumMax", x => x.CumMax(1).Indices, (candidate, best) => candidate >= best),
        .. Winners("CumMin", x => x.CumMin(1).Indices, (candidate, best) => candidate <= best),
    ];

    private static IEnumerable<OpCase> Scanned(
        string op,
        Func<Tensor, int, Tensor> function,
        Domain domain,
        Func<double, double, double> combine,
        Accepts accepts,
        int[]? large = null)
    {
        foreach ((string branch, int[] sizes, int axis) in new[]
        {
            ("last axis", new[] { 3, 5 }, -1), ("first axis", [5, 3], 0), ("middle axis", [2, 4, 3], 1), ("vector", [9], 0), ("one", [3, 1], 1),
            ("empty", [3, 0], 1), ("large", large ?? [263, 267], 0), ("large rows", large ?? [263, 267], 1),
        })
        {
            yield return new(op, branch, [In(sizes, domain)], x => function(x[0], axis), x => x[0].MapRows(axis, row => Running(row, combine)))
            {
                Accepts = accepts,
            };
        }
    }

    /// <summary>Lines that a GPU cuts into parts.</summary>
    private static IEnumerable<OpCase> LongSums()
    {
        foreach ((string branch, int[] sizes, int axis) in new[] { ("long rows", new[] { 3, 2600 }, 1), ("long columns", [1500, 2], 0) })
        {
            yield return new(
                "CumSum", branch, [In(sizes, Domain.Between(0.5, 1.5))], x => x[0].CumSum(axis), x => x[0].MapRows(axis, row => Running(row, (a, b) => a + b)))
            {
                Accepts = Accepts.NumericOrBool,
            };
        }
    }

    private static IEnumerable<OpCase> Winners(string op, Func<Tensor, Tensor> function, Func<double, double, bool> wins)
    {
        foreach ((string branch, int[] sizes) in new[] { ("rows", new[] { 3, 9 }), ("columns", [4, 7, 2]), ("large", [263, 267]), ("long", [2, 1500, 2]) })
        {
            yield return new(op, branch, [In(sizes, Domain.FewIntegers)], x => function(x[0]), x => x[0].MapRows(1, row => Positions(row, wins)))
            {
                Accepts = Accepts.Numeric,
                IsDifferentiable = false,
            };
        }
    }

    private static double[] Running(double[] row, Func<double, double, double> combine)
    {
        double[] results = [.. row];
        for (int i = 1; i < results.Length; i++)
            results[i] = combine(results[i - 1], row[i]);
        return results;
    }

    private static double[] Positions(double[] row, Func<double, double, bool> wins)
    {
        double[] positions = new double[row.Length];
        for (int i = 1; i < positions.Length; i++)
            positions[i] = wins(row[i], row[(int)positions[i - 1]]) ? i : positions[i - 1];
        return positions;
    }
}
