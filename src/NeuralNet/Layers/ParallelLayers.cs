namespace NeuralNet;

/// <summary>Layers that run side by side on one input; their outputs are merged element by element.</summary>
/// <remarks>The branches give shapes that broadcast to one. The names of the parts are their positions: <c>0.weight</c>.</remarks>
/// <example><code>var gated = new ParallelLayers(BranchMerge.Product, new Dense(8, 4), new Dense(8, 4, activation: new Sigmoid()));</code></example>
public sealed class ParallelLayers : Layer
{
    private readonly BranchMerge _merge;

    [StateName("")]
    private readonly Layer[] _branches;

    /// <summary>Creates the layer.</summary>
    /// <param name="merge">What is made of the outputs.</param>
    /// <param name="branches">The layers.</param>
    /// <exception cref="ArgumentException">There is no branch, or one is null.</exception>
    public ParallelLayers(BranchMerge merge, params ReadOnlySpan<Layer> branches) => (_merge, _branches) = (merge, Branches.Require(nameof(ParallelLayers), branches));

    internal override bool IsOfLibrary => base.IsOfLibrary && Array.TrueForAll(_branches, static branch => branch.IsOfLibrary);

    /// <inheritdoc/>
    public override string ToString() => $"ParallelLayers({_merge}, {string.Join(", ", (IEnumerable<Layer>)_branches)})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        Tensor merged = _branches[0].Forward(x);
        for (int i = 1; i < _branches.Length; i++)
        {
            Tensor y = _branches[i].Forward(x);
            Tensor both = Merge(merged, y);
            if (i > 1)
                merged.End();
            else
                Branches.End(_branches[0], x, merged);
            if (!ReferenceEquals(y, merged))
                Branches.End(_branches[i], x, y);
            merged = both;
        }
        if (_merge != BranchMerge.Mean || _branches.Length == 1)
            return merged;
        Tensor mean = merged / _branches.Length;
        merged.End();
        return mean;
    }

    /// <inheritdoc/>
    protected override Layer Fuse() => new ParallelLayers(_merge, [.. _branches.Select(branch => branch.FuseForInference())]);

    private Tensor Merge(Tensor a, Tensor b) => _merge switch
    {
        BranchMerge.Product => a * b,
        BranchMerge.Maximum => a.Maximum(b),
        _ => a + b,
    };
}
