namespace NeuralNet.Testing;

public static partial class OpCases
{
    private delegate Tensor Reduction(Tensor x, ReadOnlySpan<int> axes, bool keepDims);

    private static (string Branch, int[] Sizes, int[] Axes, bool KeepDims)[] ReductionBranches =>
    [
        ("all", [3, 4, 5], [], false),
        ("all, kept", [3, 4, 5], [], true),
        ("first axis", [3, 4, 5], [0], false),
        ("middle axis", [3, 4, 5], [1], false),
        ("last axis", [3, 4, 5], [-1], false),
        ("last axis, kept", [3, 4, 5], [2], true),
        ("outer axes", [3, 4, 5], [2, 0], false),
        ("outer axes, kept", [3, 4, 5], [0, 2], true),
        ("leading axes", [3, 4, 5], [0, 1], false),
        ("vector", [37], [0], false),
        ("axis of one", [5, 1, 4], [1], false),
        ("scalar", [], [], false),
        ("large", [70001], [], false),
        ("large rows", [263, 267], [1], false),
        ("large columns", [263, 267], [0], true),
        ("large outer axes", [31, 47, 53], [0, 2], false),
    ];

    private static IEnumerable<OpCase> Reductions() =>
    [
        .. Reduced("Sum", (x, axes, keep) => x.Sum(axes, keep), Domain.Positive, row => row.Sum(), Accepts.NumericOrBool),
        .. Reduced("Mean", (x, axes, keep) => x.Mean(axes, keep), Domain.Positive, row => row.Sum() / row.Length),
        .. Reduced("Max", (x, axes, keep) => x.Max(axes, keep), Domain.Distinct, row => row.Max(), Accepts.Numeric),
        .. Reduced("LogSumExp", (x, axes, keep) => x.LogSumExp(axes, keep), Domain.Any, LogSumExp),
        .. ArgMaxes(),
        .. new int[][] { [], [37], [3, 4, 5], [263, 267] }.SelectMany(SquaredErrors),
    ];

    private static IEnumerable<OpCase> SquaredErrors(int[] sizes)
    {
        string branch = sizes.Length == 0 ? "scalars" : string.Join("×", sizes);
        yield return new("MeanSquaredError", branch, [In(sizes), In(sizes, Domain.AnyOther)], x => x[0].MeanSquaredError(x[1]), MeanSquare);
        yield return new(
            "MeanSquaredErrorGrad",
            branch,
            [In([]), In(sizes), In(sizes, Domain.AnyOther)],
            x => Op.Apply(new MeanSquaredErrorGradOp(), x[0], x[1], x[2]),
            x => RefArray.Zip(x[1], x[2], (a, b) => x[0].Values[0] * 2 * (a - b) / x[1].Values.Length));
    }

    private static RefArray MeanSquare(IReadOnlyList<RefArray> x) =>
        new([], [x[0].Values.Zip(x[1].Values, (a, b) => (a - b) * (a - b)).Sum() / x[0].Values.Length]);

    private static (string Branch, int[] Sizes, int Axis)[] RowBranches =>
    [
        ("last axis", [3, 4, 5], -1), ("middle axis", [3, 4, 5], 1), ("first axis", [3, 4, 5], 0), ("vector", [37], 0),
        ("axis of one", [5, 1], 1), ("large rows", [263, 267], 1), ("large columns", [263, 267], 0), ("large", [70001], 0),
    ];

    private static IEnumerable<OpCase> Softmaxes() =>
    [
        .. Rows("Softmax", (x, axis) => x.Softmax(axis), Softmax),
        .. Rows("LogSoftmax", (x, axis) => x.LogSoftmax(axis), LogSoftmax),
        .. RowGradients("SoftmaxGrad", axis => new SoftmaxGradOp(axis), SoftmaxGradient),
        .. RowGradients("LogSoftmaxGrad", axis => new LogSoftmaxGradOp(axis), LogSoftmaxGradient),
    ];

    private static IEnumerable<OpCase> Reduced(
        string op, Reduction function, Domain domain, Func<double[], double> reference, Accepts accepts = Accepts.Floating)
    {
        foreach ((string branch, int[] sizes, int[] axes, bool keepDims) in ReductionBranches)
        {
            Operand operand = In(sizes, domain);
            yield return new(op, branch, [operand], x => function(x[0], axes, keepDims), x => x[0].Reduce(axes, keepDims, reference))
            {
                Accepts = accepts,
            };
        }
    }

    private static IEnumerable<OpCase> ArgMaxes()
    {
        foreach ((string branch, int[] sizes, int[] axes, bool keep) in ReductionBranches.Where(reduction => reduction.Axes.Length == 1))
        {
            Operand operand = In(sizes, Domain.FewIntegers);
            yield return new("ArgMax", branch, [operand], x => x[0].ArgMax(axes[0], keep), x => x[0].Reduce(axes, keep, FirstLargest))
            {
                Accepts = Accepts.Numeric,
                IsDifferentiable = false,
            };
        }
        foreach ((string branch, int[] sizes) in new[] { ("all", new[] { 3, 4, 5 }), ("large", [70001]) })
        {
            yield return new("ArgMax", branch, [In(sizes)], x => x[0].ArgMax(), x => x[0].Reduce([], false, FirstLargest))
            {
                Accepts = Accepts.Numeric,
                IsDifferentiable = false,
            };
        }
    }

    private static IEnumerable<OpCase> Rows(string op, Func<Tensor, int, Tensor> function, Func<double[], double[]> reference)
    {
        foreach ((string branch, int[] sizes, int axis) in RowBranches)
        {
            yield return new(op, branch, [In(sizes)], x => function(x[0], axis), x => x[0].MapRows(axis, reference));
        }
    }

    private static IEnumerable<OpCase> RowGradients(string op, Func<int, Op> create, Func<RefArray, RefArray, int, RefArray> reference)
    {
        foreach ((string branch, int[] sizes, int axis) in RowBranches)
        {
            int row = axis < 0 ? axis + sizes.Length : axis;
            yield return new(op, branch, [In(sizes), In(sizes)], x => Op.Apply(create(row), x[0], x[1]), x => reference(x[0], x[1], row));
        }
    }

    private static RefArray SoftmaxGradient(RefArray dy, RefArray y, int axis)
    {
        RefArray sums = RefArray.Zip(dy, y, (a, b) => a * b).Reduce([axis], true, row => row.Sum());
        return RefArray.Zip(y, RefArray.Zip(dy, sums, (a, b) => a - b), (a, b) => a * b);
    }

    private static RefArray LogSoftmaxGradient(RefArray dy, RefArray y, int axis)
    {
        RefArray sums = dy.Reduce([axis], true, row => row.Sum());
        return RefArray.Zip(dy, RefArray.Zip(y, sums, (a, b) => Math.Exp(a) * b), (a, b) => a - b);
    }

    private static double LogSumExp(double[] row)
    {
        double max = row.Max();
        return max + Math.Log(row.Sum(x => Math.Exp(x - max)));
    }

    private static double[] Softmax(double[] row)
    {
        double sum = row.Sum(Math.Exp);
        return Array.ConvertAll(row, x => Math.Exp(x) / sum);
    }

    private static double[] LogSoftmax(double[] row)
    {
        double logSum = LogSumExp(row);
        return Array.ConvertAll(row, x => x - logSum);
    }

    private static double FirstLargest(double[] row) => Array.IndexOf(row, row.Max());
}
