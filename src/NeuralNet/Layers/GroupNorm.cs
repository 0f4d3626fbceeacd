namespace NeuralNet;

/// <summary>Group normalisation: each group of channels of each image is brought to mean 0 and variance 1.</summary>
/// <remarks>Input [N, C, …], output of the same shape; see <see cref="Tensor.GroupNorm"/>. Parameters <c>weight</c> and <c>bias</c> of [C], 1 and 0
/// at first.</remarks>
/// <example><code>var layer = new GroupNorm(groups: 4, channels: 16);</code></example>
public sealed class GroupNorm : Layer
{
    private readonly long _groups;
    private readonly long _channels;
    private readonly double _eps;
    private readonly Parameter? _weight;
    private readonly Parameter? _bias;

    /// <summary>Creates the layer.</summary>
    /// <param name="groups">The number of groups.</param>
    /// <param name="channels">The number of channels, a multiple of it.</param>
    /// <param name="eps">What is added to the variance.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the groups do not divide the channels.</exception>
    public GroupNorm(long groups, long channels, double eps = 1e-5, bool affine = true, DType dtype = DType.Float32)
    {
        LayerArguments.RequirePositive(nameof(GroupNorm), nameof(channels), channels);
        LayerArguments.RequireGroups(nameof(GroupNorm), channels, channels, groups);
        LayerArguments.RequireEpsilon(nameof(GroupNorm), eps);
        (_groups, _channels, _eps) = (groups, channels, eps);
        if (!affine)
            return;
        _weight = new(Tensor.Ones([channels], dtype));
        _bias = new(Tensor.Zeros([channels], dtype));
    }

    /// <summary>Gets the factors, of [C]; null without them.</summary>
    public Parameter? Weight => _weight;

    /// <summary>Gets what is added, of [C]; null without it.</summary>
    public Parameter? Bias => _bias;

    /// <inheritdoc/>
    public override string ToString() => $"GroupNorm({_groups}, {_channels}{(_weight is null ? ", not affine" : "")})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Rank < 2 || x.Shape[1] != _channels)
            throw new ShapeException($"expected [N, {_channels}, …], got {x.Shape}. Build the layer for the channels of the input.");
        return x.GroupNorm(_groups, _weight?.Value, _bias?.Value, _eps);
    }
}
