namespace NeuralNet.Datasets;

/// <summary>Gives each feature the range from 0 to 1, or another one, over the examples it learned from.</summary>
/// <remarks>As in scikit-learn: a feature that does not vary is not scaled, and new values may lie outside of the range.</remarks>
public sealed class MinMaxScaler : Scaler
{
    private readonly double _minimum;
    private readonly double _maximum;

    /// <summary>Creates a scaler that has learned nothing yet.</summary>
    /// <param name="minimum">What the least value of a feature becomes.</param>
    /// <param name="maximum">What its greatest value becomes.</param>
    /// <exception cref="ArgumentException">The minimum is not below the maximum, or one is not finite.</exception>
    public MinMaxScaler(double minimum = 0, double maximum = 1)
    {
        if (!(minimum < maximum) || !double.IsFinite(maximum - minimum))
            throw new ArgumentException($"MinMaxScaler: a range from {minimum} to {maximum}. Use finite numbers, the minimum below the maximum.");
        _minimum = minimum;
        _maximum = maximum;
    }

    private protected override (Tensor Shift, Tensor Scale) Learn(Tensor x)
    {
        Tensor isThere = !x.IsNaN();
        Tensor least = Tensor.Where(isThere, x, double.PositiveInfinity).Min(0);
        Tensor greatest = Tensor.Where(isThere, x, double.NegativeInfinity).Max(0);
        Tensor range = greatest - least;
        Tensor scale = Tensor.Where(range.Equal(0), 1, range) / (_maximum - _minimum);
        return (least - scale * _minimum, scale);
    }
}
