namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Aggregations() =>
    [
        .. Reduced("Prod", (x, axes, keep) => x.Prod(axes, keep), Domain.Between(0.97, 1.03), Product, Accepts.NumericOrBool)
            .Where(opCase => !opCase.IsLarge && opCase.Branch is not ("all" or "all, kept" or "vector")),
        Multiplied("large", In([14001, 5], Domain.Between(0.97, 1.03)), [1]),
        Multiplied("one zero", ZeroedAt([3, 7], 5), [1]),
        Multiplied("two zeros", ZeroedAt([3, 7], 5, 2, 16, 18), []),
        .. Reduced("Min", (x, axes, keep) => x.Min(axes, keep), Domain.Distinct, row => row.Min(), Accepts.Numeric),
        .. ArgMins(),
        .. Truths("Any", (x, axes, keep) => x.Any(axes, keep), row => row.Any(x => x != 0) ? 1 : 0),
        .. Truths("All", (x, axes, keep) => x.All(axes, keep), row => row.All(x => x != 0) ? 1 : 0),
    ];

    private static OpCase Multiplied(string branch, Operand operand, int[] axes) =>
        new("Prod", branch, [operand], x => x[0].Prod(axes), x => x[0].Reduce(axes, false, Product)) { Accepts = Accepts.NumericOrBool };

    private static IEnumerable<OpCase> ArgMins()
    {
        foreach ((string branch, int[] sizes, int[] axes, bool keep) in ReductionBranches.Where(reduction => reduction.Axes.Length == 1))
        {
            Operand operand = In(sizes, Domain.FewIntegers);
            yield return new("ArgMin", branch, [operand], x => x[0].ArgMin(axes[0], keep), x => x[0].Reduce(axes, keep, FirstSmallest))
            {
                Accepts = Accepts.Numeric,
                IsDifferentiable = false,
            };
        }
    }

    private static IEnumerable<OpCase> Truths(string op, Reduction function, Func<double[], double> reference)
    {
        foreach ((string branch, int[] sizes, int[] axes, bool keepDims) in ReductionBranches)
        {
            yield return new(op, branch, [Condition(sizes)], x => function(x[0], axes, keepDims), x => x[0].Reduce(axes, keepDims, reference))
            {
                Accepts = Accepts.Any,
                IsDifferentiable = false,
            };
        }
    }

    /// <summary>Numbers with zeros at some positions, where a quotient of the product would be 0/0.</summary>
    private static Operand ZeroedAt(int[] sizes, params int[] positions) => In(sizes, Domain.Positive.Zeroed(positions));

    private static double Product(double[] row) => row.Aggregate(1.0, (product, x) => product * x);

    private static double FirstSmallest(double[] row) => Array.IndexOf(row, row.Min());

    private static double Variance(double[] row, double correction)
    {
        double mean = row.Average();
        return row.Sum(x => (x - mean) * (x - mean)) / (row.Length - correction);
    }
}
