namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Sets elements to zero at random and enlarges the others, so that the expected value stays.</summary>
    /// <param name="probability">The probability p that an element is set to zero.</param>
    /// <param name="generator">The source of randomness; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <returns>A tensor of the same shape; this one where the probability is 0.</returns>
    /// <remarks>y = x·mask/(1 − p), and the gradient likewise; 0 everywhere for p = 1, whatever x is.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ObjectDisposedException">The tensor was ended by its scope.</exception>
    public Tensor Dropout(double probability = 0.5, RandomGenerator? generator = null)
    {
        Require.FloatingPoint(nameof(Dropout), DType);
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, $"Dropout: the probability {probability}. Give "
                + "one in [0, 1].");
        if (probability == 0)
            return Unchanged();
        Tensor mask = Bernoulli(Shape, 1 - probability, Device, generator);
        Tensor y = probability == 1 ? Where(mask, this, 0) : Masked(mask, 1 / (1 - probability));
        mask.End();
        return y;
    }

    private Tensor Masked(Tensor mask, double scale)
    {
        Tensor kept = mask.Cast(DType);
        Tensor factors = kept * scale;
        Tensor y = this * factors;
        kept.End();
        factors.End();
        return y;
    }
}
