namespace NeuralNet.Benchmarks.Torch;

/// <summary>Order statistics.</summary>
internal static class Quantiles
{
    /// <summary>NaN of nothing.</summary>
    public static double Median(IEnumerable<double> values) => Of(values, 0.5);

    /// <summary>The element that this share of the others is not above; NaN of nothing.</summary>
    public static double Of(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[(int)(share * (sorted.Length - 1))];
    }
}
