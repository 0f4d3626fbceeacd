using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>The rest of the operations, at a million elements: what no other suite has.</summary>
internal static class VocabularySuite
{
    private static readonly long[] s_all = [1_000_000];
    private static readonly long[] s_table = [1000, 1000];

    public static IEnumerable<Case> Cases => [.. Functions(), .. Activations(), .. Gradients(), .. Pairs(), .. Rows(), .. Moves(), .. Places(), .. Products()];

    private static IEnumerable<Case> Functions() =>
    [
        Each("abs", x => x.Abs(), x => x.abs()),
        Each("square", x => x.Square(), x => x.square()),
        Each("sqrt", x => x.Sqrt(), x => x.sqrt(), low: 0.1f),
        Each("rsqrt", x => x.Rsqrt(), x => x.rsqrt(), low: 0.1f),
        Each("reciprocal", x => x.Reciprocal(), x => x.reciprocal(), low: 0.1f),
        Each("sign", x => x.Sign(), x => x.sign()),
        Each("expm1", x => x.ExpM1(), x => x.expm1()),
        Each("log1p", x => x.Log1P(), x => x.log1p(), low: -0.9f),
        Each("log2", x => x.Log2(), x => x.log2(), low: 0.1f),
        Each("log10", x => x.Log10(), x => x.log10(), low: 0.1f),
        Each("sin", x => x.Sin(), x => x.sin()),
        Each("cos", x => x.Cos(), x => x.cos()),
        Each("tan", x => x.Tan(), x => x.tan(), low: -1, high: 1),
        Each("asin", x => x.Asin(), x => x.asin(), low: -0.9f, high: 0.9f),
        Each("acos", x => x.Acos(), x => x.acos(), low: -0.9f, high: 0.9f),
        Each("atan", x => x.Atan(), x => x.atan()),
        Each("sinh", x => x.Sinh(), x => x.sinh()),
        Each("cosh", x => x.Cosh(), x => x.cosh()),
        Each("asinh", x => x.Asinh(), x => x.asinh()),
        Each("acosh", x => x.Acosh(), x => x.acosh(), low: 1.1f),
        Each("atanh", x => x.Atanh(), x => x.atanh(), low: -0.9f, high: 0.9f),
        Each("erf", x => x.Erf(), x => x.erf()),
        Each("erfc", x => x.Erfc(), x => x.erfc(), low: -2, high: 2),
        Each("floor", x => x.Floor(), x => x.floor()),
        Each("ceil", x => x.Ceil(), x => x.ceil()),
        Each("round", x => x.Round(), x => x.round(0)),
        Each("trunc", x => x.Trunc(), x => x.trunc()),
        Each("frac", x => x.Frac(), x => x.frac()),
        Each("clamp", x => x.Clamp(-1, 1), x => x.clamp(-1, 1)),
        Each("pow-2.5", x => x.Pow(2.5), x => x.pow(2.5), low: 0.1f),
        Each("isnan", x => x.IsNaN(), x => torch.isnan(x)),
        Each("isfinite", x => x.IsFinite(), x => torch.isfinite(x)),
        Each("cast-int64", x => x.Cast(DType.Int64), x => x.to(torch.ScalarType.Int64)),
        Each("cast-double", x => x.Cast(DType.Float64), x => x.to(torch.ScalarType.Float64)),
    ];

    private static IEnumerable<Case> Activations() =>
    [
        Each("leaky-relu", x => x.LeakyRelu(), x => F.leaky_relu(x, negative_slope: 0.01, inplace: false)),
        Each("elu", x => x.Elu(), x => F.elu(x, alpha: 1, inplace: false)),
        Each("selu", x => x.Selu(), x => F.selu(x, inplace: false)),
        Each("celu", x => x.Celu(), x => F.celu(x, alpha: 1, inplace: false)),
        Each("gelu-tanh", x => x.Gelu(GeluApproximation.Tanh), x => F.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh, inplace: false)),
        Each("silu", x => x.Silu(), x => F.silu(x, inplace: false)),
        Each("mish", x => x.Mish(), x => F.mish(x, inplace: false)),
        Each("softplus", x => x.Softplus(), x => F.softplus(x, beta: 1, threshold: 20)),
        Each("softsign", x => x.Softsign(), x => F.softsign(x, inplace: false)),
        Each("relu6", x => x.Relu6(), x => F.relu6(x, inplace: false)),
        Each("hard-sigmoid", x => x.HardSigmoid(), x => F.hardsigmoid(x, inplace: false)),
        Each("hard-swish", x => x.HardSwish(), x => F.hardswish(x, inplace: false)),
        Each("hard-shrink", x => x.HardShrink(), x => F.hardshrink(x, lambda: 0.5)),
        Each("soft-shrink", x => x.SoftShrink(), x => F.softshrink(x, lambda: 0.5)),
        Each("tanh-shrink", x => x.TanhShrink(), x => F.tanhshrink(x, inplace: false), low: 1),
        Each("threshold", x => x.Threshold(0.3, -1), x => F.threshold(x, threshold: 0.3, value: -1, inplace: false)),
        Each("log-sigmoid", x => x.LogSigmoid(), x => F.logsigmoid(x)),
        Table("glu", x => x.Glu(1), x => F.glu(x, dim: 1)),
        Table("log-softmax", x => x.LogSoftmax(1), x => F.log_softmax(x, dim: 1)),
    ];

    private static IEnumerable<Case> Gradients() =>
    [
        Backward("relu", x => x.Relu(), x => x.relu()),
        Backward("leaky-relu", x => x.LeakyRelu(), x => F.leaky_relu(x, negative_slope: 0.01, inplace: false)),
        Backward("elu", x => x.Elu(), x => F.elu(x, alpha: 1, inplace: false)),
        Backward("gelu", x => x.Gelu(), x => F.gelu(x, TorchSharp.Modules.GELU.Approximate.none, inplace: false)),
        Backward("gelu-tanh", x => x.Gelu(GeluApproximation.Tanh), x => F.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh, inplace: false)),
        Backward("silu", x => x.Silu(), x => F.silu(x, inplace: false)),
        Backward("mish", x => x.Mish(), x => F.mish(x, inplace: false)),
        Backward("softplus", x => x.Softplus(), x => F.softplus(x, beta: 1, threshold: 20)),
        Backward("hard-swish", x => x.HardSwish(), x => F.hardswish(x, inplace: false)),
        Backward("sigmoid", x => x.Sigmoid(), x => x.sigmoid()),
        Backward("tanh", x => x.Tanh(), x => x.tanh()),
        Backward("softmax", x => x.Softmax(1), x => F.softmax(x, dim: 1)),
        Backward("log-softmax", x => x.LogSoftmax(1), x => F.log_softmax(x, dim: 1)),
    ];

    private static IEnumerable<Case> Pairs() =>
    [
        Pair("divide", (a, b) => a / b, (a, b) => a / b),
        Pair("maximum", (a, b) => a.Maximum(b), (a, b) => a.maximum(b)),
        Pair("minimum", (a, b) => a.Minimum(b), (a, b) => a.minimum(b)),
        Pair("pow", (a, b) => a.Pow(b), (a, b) => a.pow(b)),
        Pair("atan2", (a, b) => a.Atan2(b), (a, b) => a.atan2(b)),
        Pair("remainder", (a, b) => a.Remainder(b), (a, b) => a.remainder(b)),
        Pair("floor-divide", (a, b) => a.FloorDivide(b), (a, b) => a.floor_divide(b)),
        Pair("lerp", (a, b) => a.Lerp(b, 0.3), (a, b) => torch.lerp(a, b, torch.tensor(0.3f))),
        Pair("equal", (a, b) => a.Equal(b), (a, b) => a.eq(b)),
        Pair("greater", (a, b) => a > b, (a, b) => a.gt(b)),
        Each("greater-scalar", x => x > 0, x => x.gt(0)),
        Pair("where", (a, b) => Tensor.Where(a > b, a, b), (a, b) => torch.where(a.gt(b), a, b)),
        Pair("logical-and", (a, b) => a.LogicalAnd(b), (a, b) => a.logical_and(b)),
        Pair("isclose", (a, b) => a.IsClose(b), (a, b) => a.isclose(b, rtol: 1e-5, atol: 1e-8, nanEqual: false)),
    ];

    private static IEnumerable<Case> Rows() =>
    [
        Table("prod", x => x.Prod(1), x => x.prod(1, keepdim: false), low: 0.9f, high: 1.1f),
        Table("min-last", x => x.Min(-1), x => x.amin([-1L], keepdim: false)),
        Table("argmax", x => x.ArgMax(1), x => x.argmax(1, keepdim: false)),
        Table("argmax-all", x => x.ArgMax(), x => x.argmax()),
        Table("var", x => x.Var(1), x => x.var(1L, unbiased: true, keepdim: false)),
        Table("norm", x => x.Norm(2, 1), x => torch.linalg.vector_norm(x, 2.0, [1L], keepdim: false)),
        Table("logsumexp", x => x.LogSumExp(1), x => x.logsumexp(1, keepdim: false)),
        Table("any", x => (x > 3.9).Any(1), x => x.gt(3.9).any(1, keepdim: false)),
        Table("cumsum", x => x.CumSum(1), x => x.cumsum(1)),
        Table("cumprod", x => x.CumProd(1), x => x.cumprod(1), low: 0.99f, high: 1.01f),
        Table("cummax", x => x.CumMax(1).Values, x => x.cummax(1).Item1),
        Table("sort", x => x.Sort().Values, x => x.sort(-1, descending: false, stable: true).Item1),
        Table("topk", x => x.TopK(10).Values, x => x.topk(10, dim: -1, largest: true, sorted: true).Item1),
        Table("median", x => x.Median(1).Values, x => torch.kthvalue(x, 500, dim: 1, keepdim: false).Item1),
        Table("quantile", x => x.Quantile(0.3, 1), x => x.quantile(torch.tensor(0.3f), dim: 1, keepdim: false)),
        Each("histogram", x => x.Histogram(100, -4, 4).Counts, x => torch.histc(x, bins: 100, min: -4, max: 4)),
        Each("unique", x => x.Round().Unique().Values, x => x.round(0).unique(sorted: true, return_inverse: false, return_counts: false, dim: null).Item1),
    ];

    private static IEnumerable<Case> Moves() =>
    [
        Table("concat", x => Tensor.Concat([x, x], 1), x => torch.cat(new[] { x, x }, 1)),
        Table("flip", x => x.Flip(1), x => x.flip(1)),
        Table("roll", x => x.Roll(7, 1), x => x.roll(7, 1)),
        Table("repeat", x => x.Repeat(1, 2), x => x.repeat(1, 2)),
        Table("pad", x => x.Pad([1, 1, 1, 1]), x => F.pad(x, [1L, 1L, 1L, 1L], PaddingModes.Constant, 0)),
        Table("tril", x => x.Tril(), x => x.tril(0)),
        Table("slice-step", x => x.Slice(1, 0, 500, 2).Contiguous(), x => x.slice(1, 0, 1000, 2).contiguous()),
    ];

    private static IEnumerable<Case> Places() =>
    [
        Indexed("index-select-rows", 1000, x => x[0].IndexSelect(0, x[1]), x => x[0].index_select(0, x[1])),
        Indexed("index-select-columns", 1000, x => x[0].IndexSelect(1, x[1]), x => x[0].index_select(1, x[1])),
        Indexed("index-add", 1000, x => x[0].IndexAdd(0, x[1], x[0]), x => x[0].index_add(0, x[1], x[0], 1)),
        Table("masked-fill", x => x.MaskedFill(x > 0, 0), x => x.masked_fill(x.gt(0), 0)),
        Table("masked-select", x => x.MaskedSelect(x > 0), x => x.masked_select(x.gt(0))),
        Table("nonzero", x => (x > 0).Nonzero(), x => x.gt(0).nonzero()),
    ];

    private static IEnumerable<Case> Products() =>
    [
        new("vocabulary/dot/1e6", [], device => new Operation(
            [Inputs.Uniform(device, s_all, 0, 1), Inputs.Uniform(device, s_all, 0, 1)], x => x[0].Dot(x[1]), x => x[0].dot(x[1]), Tolerance.Product(s_all[0]))),
        new("vocabulary/outer/1e6", [], device => new Operation(
            [Inputs.Uniform(device, [1000], 0, 1), Inputs.Uniform(device, [1000], 0, 1)], x => x[0].Outer(x[1]), x => x[0].outer(x[1]), Tolerance.Elementwise)),
        new("vocabulary/cdist/1e6", [], device => new Operation(
            [Inputs.Uniform(device, [1000, 16], 0, 1), Inputs.Uniform(device, [1000, 16], 2, 3)],
            x => Tensor.CDist(x[0], x[1]),
            x => torch.cdist(x[0], x[1], 2, compute_mode.donot_use_mm_for_euclid_dist),
            Tolerance.Sum)),
        new("vocabulary/einsum/1e6", [], device => new Operation(
            [Inputs.Uniform(device, [100, 100, 100], 0, 1), Inputs.Uniform(device, [100, 100], 0, 1)],
            x => Tensor.Einsum("ijk,kl->ijl", x[0], x[1]),
            x => torch.einsum("ijk,kl->ijl", x),
            Tolerance.Sum)),
    ];

    private static Case Each(string name, Func<Tensor, Tensor> ours, Func<torch.Tensor, torch.Tensor> theirs, float low = -4, float high = 4) =>
        Of(name, s_all, ours, theirs, low, high);

    private static Case Table(string name, Func<Tensor, Tensor> ours, Func<torch.Tensor, torch.Tensor> theirs, float low = -4, float high = 4) =>
        Of(name, s_table, ours, theirs, low, high);

    private static Case Of(string name, long[] sizes, Func<Tensor, Tensor> ours, Func<torch.Tensor, torch.Tensor> theirs, float low, float high) => new(
        $"vocabulary/{name}/1e6",
        [],
        device => new Operation([Inputs.Uniform(device, sizes, low, high)], x => ours(x[0]), x => theirs(x[0]), Tolerance.Sum));

    private static Case Backward(string name, Func<Tensor, Tensor> ours, Func<torch.Tensor, torch.Tensor> theirs) => new(
        $"vocabulary/{name}-backward/1e6",
        [],
        device => new FunctionBackward(Inputs.Uniform(device, s_table, -4, 4), ours, theirs));

    private static Case Pair(string name, Func<Tensor, Tensor, Tensor> ours, Func<torch.Tensor, torch.Tensor, torch.Tensor> theirs) => new(
        $"vocabulary/{name}/1e6",
        [],
        device => new Operation(
            [Inputs.Uniform(device, s_all, 0.5f, 4), Inputs.Uniform(device, s_all, 0.5f, 4)], x => ours(x[0], x[1]), x => theirs(x[0], x[1]), Tolerance.Sum));

    private static Case Indexed(string name, int count, Func<Tensor[], Tensor> ours, Func<torch.Tensor[], torch.Tensor> theirs) => new(
        $"vocabulary/{name}/1e6",
        [],
        device => new Operation(
            [Inputs.Uniform(device, s_table, -4, 4), Tensor.From(Values.Classes(count, s_table[0], seed: 2), new Shape(count), device)], ours, theirs, Tolerance.Sum));
}
