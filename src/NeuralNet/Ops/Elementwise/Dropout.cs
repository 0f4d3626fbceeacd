namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Sets elements to zero at random and enlarges the others, so that the expected value stays.</summary>
    /// <param name="probability">The probability p that an element is set to zero.</param>
    /// <param name="generator">The source of randomness; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <remarks>y = x·mask/(1 − p), and the gradient likewise.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Dropout(double probability = 0.5, RandomGenerator? generator = null)
    {
        Require.FloatingPoint(nameof(Dropout), DType);
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, $"Dropout: the probability {probability}. Give one in [0, 1].");
        if (probability == 0)
            return this;
        double scale = probability == 1 ? 0 : 1 / (1 - probability);
        return this * (Bernoulli(Shape, 1 - probability, Device, generator).Cast(DType) * scale);
    }
}
