namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Orders() =>
    [
        .. Ordered("ArgSort", (x, axis) => x.ArgSort(axis), row => Order(row, descending: false), Accepts.NumericOrBool),
        .. Ordered("ArgSort", (x, axis) => x.ArgSort(axis, descending: true), row => Order(row, descending: true), Accepts.NumericOrBool, "descending, "),
        .. Ordered("TopK", (x, axis) => x.TopK(3, axis).Indices, row => Order(row, descending: true)[..3], Accepts.Numeric),
        .. Ordered("TopK", (x, axis) => x.TopK(2, axis, largest: false).Indices, row => Order(row, descending: false)[..2], Accepts.Numeric, "smallest, "),
        .. Searches(),
    ];

    private static IEnumerable<OpCase> Ordered(
        string op, Func<Tensor, int, Tensor> function, Func<double[], double[]> reference, Accepts accepts, string prefix = "")
    {
        foreach ((string branch, int[] sizes, int axis) in new[]
        {
            ("rows", new[] { 4, 9 }, -1), ("columns", [9, 4], 0), ("middle axis", [2, 7, 3], 1), ("vector", [37], 0), ("long rows", [3, 100], 1),
            ("large", [263, 267], 1), ("large columns", [267, 263], 0), ("large vector", [70001], 0),
        })
        {
            yield return new(op, prefix + branch, [In(sizes, Domain.FewIntegers)], x => function(x[0], axis), x => MapToLength(x[0], axis, reference))
            {
                Accepts = accepts,
                IsDifferentiable = false,
            };
        }
    }

    /// <summary>A function of each row along an axis, whose results have a length of their own.</summary>
    private static RefArray MapToLength(RefArray x, int axis, Func<double[], double[]> function)
    {
        int along = axis < 0 ? axis + x.Rank : axis;
        Dictionary<string, double[]> results = [];
        int length = function([.. Enumerable.Range(0, x.Sizes[along]).Select(_ => 0.0)]).Length;
        return RefArray.Generate(With(x.Sizes, along, length), i =>
        {
            string key = string.Join(",", With(i, along, 0));
            if (!results.TryGetValue(key, out double[]? result))
            {
                double[] row = [.. Enumerable.Range(0, x.Sizes[along]).Select(k => x[With(i, along, k)])];
                results[key] = result = function(row);
            }
            return result[i[along]];
        });
    }

    private static IEnumerable<OpCase> Searches()
    {
        foreach ((string branch, int[] sorted, int[] values, bool right) in new[]
        {
            ("vector", new[] { 7 }, new[] { 3, 5 }, false), ("vector, right", [7], [3, 5], true), ("rows", [3, 7], [3, 4], false),
            ("empty", [0], [4], true), ("large", [263], [263, 267], false),
        })
        {
            Operand[] operands = [In(sorted, Domain.FewIntegers.Plus(2).Sorted(sorted.Length == 0 ? 1 : sorted[^1])), In(values, Domain.FewIntegers.Plus(2))];
            yield return new(
                "SearchSorted",
                branch,
                operands,
                x => x[0].SearchSorted(x[1], right),
                x => RefArray.Generate(values, i => Row(x[0], i[0]).Count(element => element < x[1][i] || (right && element == x[1][i]))))
            {
                Accepts = Accepts.Numeric,
                IsDifferentiable = false,
                MustFit = false,
            };
        }
    }

    private static double[] Row(RefArray x, int row) => x.Rank == 1 ? x.Values : x.Values[(row * x.Sizes[1])..((row + 1) * x.Sizes[1])];

    private static double[] Order(double[] row, bool descending)
    {
        IEnumerable<int> positions = Enumerable.Range(0, row.Length);
        return [.. (descending ? positions.OrderByDescending(i => row[i]) : positions.OrderBy(i => row[i])).Select(i => (double)i)];
    }

    private static double Quantile(double[] sorted, double q)
    {
        double position = q * (sorted.Length - 1);
        int low = (int)position;
        return sorted[low] + (position - low) * (sorted[low + 1] - sorted[low]);
    }
}
