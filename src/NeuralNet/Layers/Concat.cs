namespace NeuralNet;

/// <summary>Layers that run side by side on one input; their outputs are joined along an axis.</summary>
/// <remarks>The branches give one shape but for that axis. The names of the parts are their positions: <c>0.weight</c>. Szegedy and others, "Going deeper
/// with convolutions", 2015.</remarks>
/// <example><code>var block = new Concat(axis: 1, new Conv2D(8, 4, 1), new Conv2D(8, 4, 3, padding: 1));</code></example>
public sealed class Concat : Layer
{
    private readonly int _axis;

    [StateName("")]
    private readonly Layer[] _branches;

    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis, 1 for the channels of images; negative ones count from the end.</param>
    /// <param name="branches">The layers.</param>
    /// <exception cref="ArgumentException">There is no branch, or one is null.</exception>
    public Concat(int axis, params ReadOnlySpan<Layer> branches) => (_axis, _branches) = (axis, Branches.Require(nameof(Concat), branches));

    internal override bool IsOfLibrary => base.IsOfLibrary && Array.TrueForAll(_branches, static branch => branch.IsOfLibrary);

    /// <inheritdoc/>
    public override string ToString() => $"Concat({_axis}, {string.Join(", ", (IEnumerable<Layer>)_branches)})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        Tensor[] outputs = new Tensor[_branches.Length];
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = _branches[i].Forward(x);
        Tensor joined = Tensor.Concat(outputs, _axis);
        for (int i = 0; i < outputs.Length; i++)
        {
            if (Array.IndexOf(outputs, outputs[i]) == i)
                Branches.End(_branches[i], x, outputs[i]);
        }
        return joined;
    }

    /// <inheritdoc/>
    protected override Layer Fuse() => new Concat(_axis, [.. _branches.Select(branch => branch.FuseForInference())]);
}
