namespace NeuralNet;

/// <summary>The rectified linear unit with slopes to the left of 0 that are learnt.</summary>
/// <remarks>
/// y = x where x &gt; 0, else w·x; see <see cref="Tensor.Prelu"/>. Input and output of any one shape, with the channels on axis 1. The parameter
/// <c>weight</c> of [count] starts with one value. He and others, "Delving deep into rectifiers", 2015.
/// </remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new PReLU(8), new Dense(8, 1));</code></example>
public sealed class PReLU : Layer
{
    private readonly Parameter _weight;

    /// <summary>Creates the layer.</summary>
    /// <param name="count">1, or the number of channels.</param>
    /// <param name="init">The slope to start with.</param>
    /// <param name="dtype">The dtype of the slopes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    public PReLU(long count = 1, double init = 0.25, DType dtype = DType.Float32)
    {
        LayerArguments.RequirePositive(nameof(PReLU), nameof(count), count);
        _weight = new(Tensor.Full([count], init, dtype));
    }

    /// <summary>Gets the slopes, of [count].</summary>
    public Parameter Weight => _weight;

    /// <inheritdoc/>
    public override string ToString() => $"PReLU({_weight.Length})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Prelu(_weight);
}
