namespace NeuralNet;

/// <summary>
/// In training, sets elements to zero at random and enlarges the others, so that the expected value stays; in evaluation does nothing.
/// </summary>
/// <remarks>
/// y = x/(1 − p), or 0 with probability p, for each element. Without parameters. Srivastava et al., "Dropout: a simple
/// way to prevent neural networks from overfitting", 2014.
/// </remarks>
/// <example><code>var model = new Sequential(new Dense(64, 64, activation: new ReLU()), new Dropout(0.2), new Dense(64, 10));</code></example>
public sealed class Dropout : Layer
{
    private readonly double _probability;
    private readonly RandomGenerator? _generator;

    /// <summary>Creates the layer.</summary>
    /// <param name="probability">The probability that an element is set to zero.</param>
    /// <param name="generator">The source of randomness, which the layer keeps; <see cref="RandomGenerator.Current"/> at each call if left
    /// out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    public Dropout(double probability = 0.5, RandomGenerator? generator = null)
    {
        LayerArguments.RequireProbability(nameof(Dropout), nameof(probability), probability);
        _probability = probability;
        _generator = generator;
    }

    /// <summary>The source of randomness that the layer keeps, if it has one.</summary>
    internal RandomGenerator? Generator => _generator;

    /// <inheritdoc/>
    public override string ToString() => $"Dropout({_probability})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => IsTraining ? x.Dropout(_probability, _generator) : x;
}
