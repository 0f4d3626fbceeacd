using TorchSharp;
using Entry = System.Collections.Generic.KeyValuePair<string, System.Func<TorchSharp.torch.Tensor[], TorchSharp.torch.Tensor>>;
using F = TorchSharp.torch.nn.functional;

namespace NeuralNet.Goldens;

/// <summary>Operations of libtorch that take indices.</summary>
internal static class TorchPlaces
{
    public static IEnumerable<Entry> All() =>
    [
        new("IndexSelect", x => x[0].index_select(1, x[1])),
        new("Gather", x => x[0].gather(0, x[1].slice(1, 0, 4, 1))),
        new("TakeAlongAxis", x => x[0].take_along_dim(x[1], 1)),
        new("Take", x => x[0].take(x[1])),
        new("Scatter", x => x[0].scatter(0, torch.tensor(new long[] { 2, 0, 1, 1 }).reshape(1, 4), x[1])),
        new("ScatterAdd", x => x[0].scatter_add(0, x[1], x[2])),
        new("MaskedFill", x => x[0].masked_fill(x[1], 2)),
        new("MaskedSelect", x => x[0].masked_select(x[1])),
        new("Nonzero", x => x[0].nonzero()),
        new("OneHot", x => F.one_hot(x[0], 5)),
        new("IndexAdd", x => x[0].index_add(1, x[1], x[2], 1)),
        new("IndexFill", x => x[0].index_fill(1, x[1], 7)),
        new("IndexPut", x => Put(x[0], x[1], torch.tensor(new long[] { 2, 0 }), torch.tensor(new long[] { 3, 1 }), accumulate: false)),
        new("IndexPut, added", x => Put(x[0], x[3], x[1], x[2], accumulate: true)),
    ];

    private static torch.Tensor Put(torch.Tensor x, torch.Tensor values, torch.Tensor rows, torch.Tensor columns, bool accumulate)
    {
        // Only the form that writes is there; a copy makes it one that does not.
        torch.Tensor copy = x.clone();
        return copy.index_put_(values, [rows, columns], accumulate);
    }
}
