namespace NeuralNet;

/// <summary>Instance normalisation of sequences: each channel of each of them is brought to mean 0 and variance 1.</summary>
/// <remarks>Input [N, C, L], output of the same shape; see <see cref="Tensor.InstanceNorm"/>. With affine, parameters <c>weight</c> and <c>bias</c> of
/// [features], 1 and 0 at first.</remarks>
/// <example><code>var layer = new InstanceNorm1D(16, affine: true);</code></example>
public sealed class InstanceNorm1D : Layer
{
    private readonly long _features;
    private readonly double _eps;
    private readonly Parameter? _weight;
    private readonly Parameter? _bias;

    /// <summary>Creates the layer.</summary>
    /// <param name="features">The number of channels.</param>
    /// <param name="eps">What is added to the variance.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public InstanceNorm1D(long features, double eps = 1e-5, bool affine = false, DType dtype = DType.Float32)
    {
        LayerArguments.RequirePositive(nameof(InstanceNorm1D), nameof(features), features);
        LayerArguments.RequireEpsilon(nameof(InstanceNorm1D), eps);
        (_features, _eps) = (features, eps);
        if (!affine)
            return;
        _weight = new(Tensor.Ones([features], dtype));
        _bias = new(Tensor.Zeros([features], dtype));
    }

    /// <summary>Gets the factors, of [features]; null without them.</summary>
    public Parameter? Weight => _weight;

    /// <summary>Gets what is added, of [features]; null without it.</summary>
    public Parameter? Bias => _bias;

    /// <inheritdoc/>
    public override string ToString() => $"InstanceNorm1D({_features}{(_weight is null ? "" : ", affine")})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, 1);
        if (x.Shape[1] != _features)
            throw new ShapeException($"expected {_features} channels on axis 1, got {x.Shape[1]}; input {x.Shape}. Build the layer for {x.Shape[1]}.");
        return x.InstanceNorm(_weight?.Value, _bias?.Value, _eps);
    }
}
