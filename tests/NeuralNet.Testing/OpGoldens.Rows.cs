namespace NeuralNet.Testing;

public static partial class OpGoldens
{
    private static IEnumerable<OpGolden> Reductions() =>
    [
        .. Each("Sum", x => x.Sum()),
        One("Sum, axis", [2, 3, 4], x => x.Sum(1)),
        One("Sum, axes kept", [2, 3, 4], x => x.Sum([0, -1], keepDims: true)),
        One("Sum, empty axis", [2, 0], x => x.Sum(1)),
        Many("Sum, integers", [Longs([3, 4], Integers)], x => x[0].Sum(0), isDifferentiable: false),
        .. Each("Mean", x => x.Mean()),
        One("Mean, axis", [2, 3, 4], x => x.Mean(-1, keepDims: true)),
        .. Each("Prod", x => x.Prod()),
        One("Prod, axis", [2, 3, 4], x => x.Prod(1)),
        One("Prod, one zero", [3, 4], x => x.Prod(1), Domain.AwayFrom0.Zeroed(1, 6)),
        One("Prod, two zeros", [3, 4], x => x.Prod(1), Domain.AwayFrom0.Zeroed(1, 2, 4, 7)),
        Many("Prod, integers", [Longs([3, 4], Divisors)], x => x[0].Prod(1), isDifferentiable: false),
        One("Max", [3, 4], x => x.Max()),
        One("Max, axis", [2, 3, 4], x => x.Max(1)),
        One("Max, equal", [3, 4], x => x.Max(), Domain.FewIntegers),
        One("Max, axes", [2, 3, 4], x => x.Max([0, 2]), Domain.FewIntegers),
        One("Min", [3, 4], x => x.Min()),
        One("Min, axis", [2, 3, 4], x => x.Min(-1, keepDims: true)),
        One("Max, NaN", [3, 6], x => x.Max(1), Special, isDifferentiable: false),
        One("Min, NaN", [3, 6], x => x.Min(1), Special, isDifferentiable: false),
        One("ArgMax", [3, 4], x => x.ArgMax(), isDifferentiable: false),
        One("ArgMax, axis", [2, 3, 4], x => x.ArgMax(1), Domain.Distinct, isDifferentiable: false),
        One("ArgMax, NaN", [2, 6], x => x.ArgMax(1), Special, isDifferentiable: false),
        One("ArgMin", [3, 4], x => x.ArgMin(), isDifferentiable: false),
        One("ArgMin, axis", [2, 3, 4], x => x.ArgMin(1, keepDims: true), Domain.Distinct, isDifferentiable: false),
        Many("Any", [Mask(3, 4)], x => x[0].Any(1), isDifferentiable: false),
        Many("All", [Mask(3, 2)], x => x[0].All(1), isDifferentiable: false),
        One("CountNonzero", [3, 4], x => x.CountNonzero([1]), Domain.FewIntegers, isDifferentiable: false),
        One("LogSumExp", [3, 4], x => x.LogSumExp(1), Domain.Any.Scaled(4)),
        One("LogSumExp, kept", [2, 3, 4], x => x.LogSumExp(0, keepDims: true)),
    ];

    private static IEnumerable<OpGolden> Norms() =>
    [
        One("Var", [3, 4], x => x.Var()),
        One("Var, axis", [2, 3, 4], x => x.Var(1)),
        One("Var, population", [3, 4], x => x.Var(1, 0, keepDims: true)),
        One("Var, large mean", [3, 50], x => x.Var(1), Domain.Any.Plus(10_000), isDifferentiable: false),
        One("Std", [3, 4], x => x.Std()),
        One("Std, axis", [2, 3, 4], x => x.Std(1)),
        One("Norm", [3, 4], x => x.Norm()),
        One("Norm, of zeros", [3, 2], x => x.Norm(2, 1), Domain.Any.Scaled(0)),
        One("Norm, 1", [3, 4], x => x.Norm(1, 1), Domain.AwayFrom0),
        One("Norm, 2", [3, 4], x => x.Norm(2, 1, keepDims: true)),
        One("Norm, 3", [3, 4], x => x.Norm(3, 1), Domain.AwayFrom0),
        One("Norm, 0.5", [3, 4], x => x.Norm(0.5, 1), Domain.AwayFrom0),
        One("Norm, 0", [3, 4], x => x.Norm(0, 1), Domain.FewIntegers, isDifferentiable: false),
        One("Norm, infinity", [3, 4], x => x.Norm(double.PositiveInfinity, 1), Domain.Distinct),
        One("Norm, axes", [2, 3, 4], x => x.Norm(2, [0, 2])),
    ];

    private static IEnumerable<OpGolden> Scans() =>
    [
        One("CumSum", [3, 4], x => x.CumSum(1)),
        One("CumSum, first axis", [2, 3, 2], x => x.CumSum(0)),
        Many("CumSum, integers", [Longs([3, 4], Integers)], x => x[0].CumSum(0), isDifferentiable: false),
        One("CumProd", [3, 4], x => x.CumProd(1)),
        One("CumProd, zeros", [3, 4], x => x.CumProd(1), Domain.AwayFrom0.Zeroed(1, 5, 7)),
        One("CumMax", [3, 5], x => x.CumMax(1).Values),
        One("CumMax, positions", [3, 5], x => x.CumMax(1).Indices, Domain.FewIntegers, isDifferentiable: false),
        One("CumMin", [3, 5], x => x.CumMin(0).Values),
        One("CumMin, positions", [3, 5], x => x.CumMin(1).Indices, Domain.FewIntegers, isDifferentiable: false),
    ];

    private static IEnumerable<OpGolden> Orders() =>
    [
        One("Sort", [3, 5], x => x.Sort().Values),
        One("Sort, falling", [5, 3], x => x.Sort(0, descending: true).Values),
        One("Sort, NaN", [2, 6], x => x.Sort().Values, Special, isDifferentiable: false),
        One("ArgSort", [3, 9], x => x.ArgSort(), Domain.FewIntegers, isDifferentiable: false),
        One("ArgSort, falling", [3, 9], x => x.ArgSort(1, descending: true), Domain.FewIntegers, isDifferentiable: false),
        One("TopK", [3, 6], x => x.TopK(2).Values, Domain.Distinct),
        One("TopK, positions", [3, 6], x => x.TopK(4).Indices, Domain.Distinct, isDifferentiable: false),
        One("TopK, least", [6, 3], x => x.TopK(2, 0, largest: false).Values, Domain.Distinct),
        One("KthValue", [3, 6], x => x.KthValue(2).Values, Domain.Distinct),
        One("Median", [3, 4], x => x.Median(), Domain.Distinct),
        One("Median, axis", [3, 5], x => x.Median(1).Values, Domain.Distinct),
        One("Mode", [3, 9], x => x.Mode().Values, Domain.FewIntegers, isDifferentiable: false),
        One("Quantile", [3, 6], x => x.Quantile(0.3, 1)),
        One("Quantile, several", [3, 6], x => x.Quantile([0.1, 0.5, 0.9], 1)),
        One("Unique", [3, 9], x => x.Unique().Values, Domain.FewIntegers, isDifferentiable: false),
        One("Unique, inverse", [3, 9], x => x.Unique().Inverse, Domain.FewIntegers, isDifferentiable: false),
        One("Unique, counts", [3, 9], x => x.Unique().Counts, Domain.FewIntegers, isDifferentiable: false),
    ];

    private static IEnumerable<OpGolden> Counts() =>
    [
        Many("SearchSorted", [In([7], Domain.Any.Sorted(7)), In([3, 4])], x => x[0].SearchSorted(x[1]), isDifferentiable: false),
        Many("SearchSorted, right", [In([7], Domain.FewIntegers.Sorted(7)), In([3, 4], Domain.FewIntegers)], x => x[0].SearchSorted(x[1], right: true), isDifferentiable: false),
        One("Histogram", [30], x => x.Histogram(5, -1, 1).Counts, isDifferentiable: false),
        Many("BinCount", [Index([20], 6)], x => x[0].BinCount(), isDifferentiable: false),
        Many("BinCount, weights", [Index([20], 6), In([20])], x => x[0].BinCount(x[1], 8), isDifferentiable: false),
    ];
}
