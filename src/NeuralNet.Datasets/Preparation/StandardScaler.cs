namespace NeuralNet.Datasets;

/// <summary>Gives each feature the mean 0 and the standard deviation 1 over the examples it learned from.</summary>
/// <remarks>As in scikit-learn: the deviation is that of the population (divided by n), and a feature that does not vary is not scaled.</remarks>
public sealed class StandardScaler : Scaler
{
    /// <summary>What separates two doubles next to 1.</summary>
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Creates a scaler that has learned nothing yet.</summary>
    public StandardScaler()
    {
    }

    /// <summary>Creates a scaler of what another has learned, such as one whose values were saved.</summary>
    /// <param name="mean">The mean of each feature, [features].</param>
    /// <param name="scale">What each feature is divided by, [features].</param>
    /// <exception cref="ShapeException">The shapes are others, or differ.</exception>
    public StandardScaler(Tensor mean, Tensor scale) => Set(mean, scale);

    private protected override (Tensor Shift, Tensor Scale) Learn(Tensor x)
    {
        Tensor isThere = !x.IsNaN();
        Tensor count = isThere.Sum(0).Cast(DType.Float64);
        Tensor mean = Tensor.Where(isThere, x, 0).Sum(0) / count;
        Tensor variance = Tensor.Where(isThere, x - mean, 0).Square().Sum(0) / count;
        // What rounding alone gives to the variance of equal values.
        Tensor bound = count * Epsilon * variance + (count * mean * Epsilon).Square();
        return (mean, Tensor.Where(variance.LessOrEqual(bound), 1, variance.Sqrt()));
    }
}
