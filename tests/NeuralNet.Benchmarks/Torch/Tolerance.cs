namespace NeuralNet.Benchmarks.Torch;

/// <summary>How far two results may lie apart: |ours − theirs| ≤ absolute + relative·|theirs|.</summary>
/// <param name="Absolute">The part that does not depend on the value.</param>
/// <param name="Relative">The part that grows with it.</param>
internal readonly record struct Tolerance(double Absolute, double Relative)
{
    /// <summary>Functions of one element: each side errs by a few units in the last place of 6e-8.</summary>
    public static Tolerance Elementwise { get; } = new(1e-6, 2e-6);

    /// <summary>
    /// GELU: with AVX-512, libtorch takes an error function of 20 units in the last place; left of 0, where 1 + erf cancels, they show.
    /// </summary>
    public static Tolerance Gelu { get; } = new(5e-6, 2e-6);

    /// <summary>Sums of numbers of one sign: each side adds pairwise or in blocks.</summary>
    public static Tolerance Sum { get; } = new(1e-6, 5e-6);

    /// <summary>Sums of up to 2304 products of at most 1/4, whose largest are about 10, by Winograd's algorithm here and directly there.</summary>
    public static Tolerance Winograd { get; } = new(5e-4, 1e-5);

    /// <summary>Means over windows, and numbers brought to variance 1.</summary>
    public static Tolerance Normalized { get; } = new(1e-5, 1e-5);

    /// <summary>Losses and weights after the first steps of training: differences of rounding that the steps enlarge.</summary>
    public static Tolerance Training { get; } = new(1e-4, 1e-3);

    /// <summary>Products that add <paramref name="terms"/> terms of at most 1/4: the error of a random walk of roundings.</summary>
    public static Tolerance Product(long terms) => new(2e-6 * Math.Sqrt(terms), 2e-6);

    /// <summary>
    /// Gradients of weights: sums of tens of thousands of products of either sign, which each side adds in another order, so that they are
    /// as accurate as the largest of them.
    /// </summary>
    public static Tolerance LongSum(float[] values) => new(1e-5 * values.Max(Math.Abs), 2e-6);

    /// <summary>Throws if the results differ.</summary>
    /// <exception cref="ValuesDifferException">They do.</exception>
    public void Require(string what, ReadOnlySpan<float> ours, ReadOnlySpan<float> theirs)
    {
        if (ours.Length != theirs.Length)
            throw new ValuesDifferException($"{what}: {ours.Length} elements here and {theirs.Length} in libtorch.");
        for (int i = 0; i < ours.Length; i++)
        {
            if (!(Math.Abs((double)ours[i] - theirs[i]) <= Absolute + Relative * Math.Abs((double)theirs[i])))
                throw new ValuesDifferException($"{what}: element {i} is {ours[i]:R} here and {theirs[i]:R} in libtorch.");
        }
    }
}
