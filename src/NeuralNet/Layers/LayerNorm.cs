namespace NeuralNet;

/// <summary>Layer normalisation: the elements along the last axes are brought to mean 0 and variance 1.</summary>
/// <remarks>Input [… , normalizedShape], output of the same shape; see <see cref="Tensor.LayerNorm"/>. Parameters <c>weight</c> and <c>bias</c> of the
/// normalised shape, 1 and 0 at first.</remarks>
/// <example><code>var layer = new LayerNorm([64]);</code></example>
public sealed class LayerNorm : Layer
{
    private readonly Shape _normalizedShape;
    private readonly double _eps;
    private readonly Parameter? _weight;
    private readonly Parameter? _bias;

    /// <summary>Creates the layer.</summary>
    /// <param name="normalizedShape">The sizes of the axes over which the means are taken, the last ones.</param>
    /// <param name="eps">What is added to the variance.</param>
    /// <param name="elementwiseAffine">Whether there is a weight.</param>
    /// <param name="bias">Whether there is a bias too.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentException">There is no axis, or ε is not positive.</exception>
    public LayerNorm(Shape normalizedShape, double eps = 1e-5, bool elementwiseAffine = true, bool bias = true, DType dtype = DType.Float32)
    {
        LayerArguments.RequireNormalizedShape(nameof(LayerNorm), normalizedShape);
        LayerArguments.RequireEpsilon(nameof(LayerNorm), eps);
        (_normalizedShape, _eps) = (normalizedShape, eps);
        if (elementwiseAffine)
            _weight = new(Tensor.Ones(normalizedShape, dtype));
        if (elementwiseAffine && bias)
            _bias = new(Tensor.Zeros(normalizedShape, dtype));
    }

    /// <summary>Gets the factors, of the normalised shape; null without them.</summary>
    public Parameter? Weight => _weight;

    /// <summary>Gets what is added, of the normalised shape; null without it.</summary>
    public Parameter? Bias => _bias;

    /// <inheritdoc/>
    public override string ToString() => $"LayerNorm({_normalizedShape}{(_weight is null ? ", not affine" : _bias is null ? ", no bias" : "")})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LayerNorm(_normalizedShape, _weight?.Value, _bias?.Value, _eps);
}
