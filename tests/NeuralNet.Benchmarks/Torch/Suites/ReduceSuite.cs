using TorchSharp;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>Sums, means and maxima of a million floats, as [1000, 1000].</summary>
internal static class ReduceSuite
{
    private static readonly long[] s_sizes = [1000, 1000];

    public static IEnumerable<Case> Cases =>
    [
        Of("sum/all", x => x.Sum(), x => x.sum(type: null)),
        Of("sum/last", x => x.Sum(-1), x => x.sum(-1, keepdim: false, type: null)),
        Of("sum/first", x => x.Sum(0), x => x.sum(0, keepdim: false, type: null)),
        Of("mean/all", x => x.Mean(), x => x.mean()),
        Of("mean/last", x => x.Mean(-1), x => x.mean([-1], keepdim: false, type: null)),
        Of("mean/first", x => x.Mean(0), x => x.mean([0], keepdim: false, type: null)),
        Of("max/all", x => x.Max(), x => x.max()),
        // libtorch's max over an axis finds the positions as well; amax finds the values alone, as ours does.
        Of("max/last", x => x.Max(-1), x => x.amax([-1], keepdim: false)),
        Of("max/first", x => x.Max(0), x => x.amax([0], keepdim: false)),
    ];

    private static Case Of(string name, Func<Tensor, Tensor> ours, Func<torch.Tensor, torch.Tensor> theirs) => new(
        $"reduce/{name}/1e6",
        [],
        device => new Operation([Inputs.Uniform(device, s_sizes, 0, 1)], x => ours(x[0]), x => theirs(x[0]), Tolerance.Sum));
}
