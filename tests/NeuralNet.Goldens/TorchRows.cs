using TorchSharp;
using Entry = System.Collections.Generic.KeyValuePair<string, System.Func<TorchSharp.torch.Tensor[], TorchSharp.torch.Tensor>>;

namespace NeuralNet.Goldens;

/// <summary>Reductions, scans and orders of libtorch.</summary>
internal static class TorchRows
{
    public static IEnumerable<Entry> Reductions() =>
    [
        new("Sum", x => x[0].sum()),
        new("Sum, axis", x => x[0].sum(1, keepdim: false)),
        new("Sum, axes kept", x => x[0].sum([0L, -1L], keepdim: true)),
        new("Sum, empty axis", x => x[0].sum(1, keepdim: false)),
        new("Sum, integers", x => x[0].sum(0, keepdim: false)),
        new("Mean", x => x[0].mean()),
        new("Mean, axis", x => x[0].mean([-1L], keepdim: true)),
        new("Prod", x => x[0].prod()),
        new("Prod, axis", x => x[0].prod(1, keepdim: false)),
        new("Prod, one zero", x => x[0].prod(1, keepdim: false)),
        new("Prod, two zeros", x => x[0].prod(1, keepdim: false)),
        new("Prod, integers", x => x[0].prod(1, keepdim: false)),
        new("Max", x => x[0].max()),
        new("Max, axis", x => x[0].max(1, keepdim: false).values),
        new("Max, equal", x => x[0].max()),
        new("Max, axes", x => x[0].amax([0L, 2L], keepdim: false)),
        new("Min", x => x[0].min()),
        new("Min, axis", x => x[0].min(-1, keepdim: true).values),
        new("Max, NaN", x => x[0].max(1, keepdim: false).values),
        new("Min, NaN", x => x[0].min(1, keepdim: false).values),
        new("ArgMax", x => x[0].argmax()),
        new("ArgMax, axis", x => x[0].argmax(1, keepdim: false)),
        new("ArgMax, NaN", x => x[0].argmax(1, keepdim: false)),
        new("ArgMin", x => x[0].argmin()),
        new("ArgMin, axis", x => x[0].argmin(1, keepdim: true)),
        new("Any", x => x[0].any(1, keepdim: false)),
        new("All", x => x[0].all(1, keepdim: false)),
        new("CountNonzero", x => x[0].count_nonzero([1L])),
        new("LogSumExp", x => x[0].logsumexp(1, keepdim: false)),
        new("LogSumExp, kept", x => x[0].logsumexp(0, keepdim: true)),
        new("Var", x => x[0].var(unbiased: true)),
        new("Var, axis", x => x[0].var(1L, unbiased: true, keepdim: false)),
        new("Var, population", x => x[0].var(1L, unbiased: false, keepdim: true)),
        new("Var, large mean", x => x[0].var(1L, unbiased: true, keepdim: false)),
        new("Std", x => x[0].std(unbiased: true)),
        new("Std, axis", x => x[0].std(1L, unbiased: true, keepdim: false)),
        new("Norm", x => torch.linalg.vector_norm(x[0], 2.0)),
        new("Norm, of zeros", x => Norm(x[0], 2)),
        new("Norm, 1", x => Norm(x[0], 1)),
        new("Norm, 2", x => torch.linalg.vector_norm(x[0], 2.0, [1L], keepdim: true)),
        new("Norm, 3", x => Norm(x[0], 3)),
        new("Norm, 0.5", x => Norm(x[0], 0.5)),
        new("Norm, 0", x => Norm(x[0], 0)),
        new("Norm, infinity", x => Norm(x[0], double.PositiveInfinity)),
        new("Norm, axes", x => torch.linalg.vector_norm(x[0], 2.0, [0L, 2L], keepdim: false)),
        new("CumSum", x => x[0].cumsum(1)),
        new("CumSum, first axis", x => x[0].cumsum(0)),
        new("CumSum, integers", x => x[0].cumsum(0)),
        new("CumProd", x => x[0].cumprod(1)),
        new("CumProd, zeros", x => x[0].cumprod(1)),
        new("CumMax", x => x[0].cummax(1).Item1),
        new("CumMax, positions", x => x[0].cummax(1).Item2),
        new("CumMin", x => x[0].cummin(0).Item1),
        new("CumMin, positions", x => x[0].cummin(1).Item2),
    ];

    public static IEnumerable<Entry> Orders() =>
    [
        new("Sort", x => x[0].sort(-1, descending: false, stable: true).Item1),
        new("Sort, falling", x => x[0].sort(0, descending: true, stable: true).Item1),
        new("Sort, NaN", x => x[0].sort(-1, descending: false, stable: true).Item1),
        new("ArgSort", x => x[0].sort(-1, descending: false, stable: true).Item2),
        new("ArgSort, falling", x => x[0].sort(1, descending: true, stable: true).Item2),
        new("TopK", x => x[0].topk(2, dim: -1, largest: true, sorted: true).Item1),
        new("TopK, positions", x => x[0].topk(4, dim: -1, largest: true, sorted: true).Item2),
        new("TopK, least", x => x[0].topk(2, dim: 0, largest: false, sorted: true).Item1),
        new("KthValue", x => torch.kthvalue(x[0], 2, dim: -1, keepdim: false).Item1),
        new("Median", x => x[0].median()),
        new("Median, axis", x => torch.kthvalue(x[0], 3, dim: 1, keepdim: false).Item1),
        new("Mode", x => x[0].mode(dim: -1, keepdim: false).Item1),
        new("Quantile", x => x[0].quantile(torch.tensor(0.3, torch.ScalarType.Float64), dim: 1, keepdim: false)),
        new("Quantile, several", x => x[0].quantile(torch.tensor(new[] { 0.1, 0.5, 0.9 }), dim: 1, keepdim: false)),
        new("Unique", x => Unique(x[0]).Item1),
        new("Unique, inverse", x => Unique(x[0]).Item2!),
        new("Unique, counts", x => Unique(x[0]).Item3!),
        new("SearchSorted", x => torch.searchsorted(x[0], x[1], out_int32: false, right: false)),
        new("SearchSorted, right", x => torch.searchsorted(x[0], x[1], out_int32: false, right: true)),
        new("Histogram", x => torch.histc(x[0], bins: 5, min: -1, max: 1)),
        new("BinCount", x => torch.bincount(x[0], minlength: 0)),
        new("BinCount, weights", x => torch.bincount(x[0], x[1], minlength: 8)),
    ];

    private static torch.Tensor Norm(torch.Tensor x, double p) => torch.linalg.vector_norm(x, p, [1L], keepdim: false);

    private static (torch.Tensor, torch.Tensor?, torch.Tensor?) Unique(torch.Tensor x) =>
        x.unique(sorted: true, return_inverse: true, return_counts: true, dim: null);
}
