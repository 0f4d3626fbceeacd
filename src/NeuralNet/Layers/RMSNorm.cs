namespace NeuralNet;

/// <summary>Root-mean-square normalisation: the elements along the last axes are divided by the root of their mean square.</summary>
/// <remarks>Input [… , normalizedShape], output of the same shape; see <see cref="Tensor.RmsNorm"/>. Parameter <c>weight</c> of the normalised shape,
/// 1 at first.</remarks>
/// <example><code>var layer = new RMSNorm([64]);</code></example>
public sealed class RMSNorm : Layer
{
    private readonly Shape _normalizedShape;
    private readonly double? _eps;
    private readonly Parameter? _weight;

    /// <summary>Creates the layer.</summary>
    /// <param name="normalizedShape">The sizes of the axes over which the mean is taken, the last ones.</param>
    /// <param name="eps">What is added to the mean square; the dtype's distance from 1 to the next number if left out.</param>
    /// <param name="elementwiseAffine">Whether there is a weight.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentException">There is no axis, or ε is not positive.</exception>
    public RMSNorm(Shape normalizedShape, double? eps = null, bool elementwiseAffine = true, DType dtype = DType.Float32)
    {
        LayerArguments.RequireNormalizedShape(nameof(RMSNorm), normalizedShape);
        LayerArguments.RequireEpsilon(nameof(RMSNorm), eps ?? 1);
        (_normalizedShape, _eps) = (normalizedShape, eps);
        if (elementwiseAffine)
            _weight = new(Tensor.Ones(normalizedShape, dtype));
    }

    /// <summary>Gets the factors, of the normalised shape; null without them.</summary>
    public Parameter? Weight => _weight;

    /// <inheritdoc/>
    public override string ToString() => $"RMSNorm({_normalizedShape}{(_weight is null ? ", not affine" : "")})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.RmsNorm(_normalizedShape, _weight?.Value, _eps);
}
