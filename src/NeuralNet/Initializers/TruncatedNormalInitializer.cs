namespace NeuralNet;

/// <summary>Inverts the distribution function on the part of it between the ends, so that each value costs one uniform number.</summary>
internal sealed class TruncatedNormalInitializer : Initializer
{
    private readonly double _mean;
    private readonly double _standardDeviation;
    private readonly double _low;
    private readonly double _high;

    public TruncatedNormalInitializer(double mean, double standardDeviation, double low, double high)
    {
        if (!(standardDeviation > 0) || !(low < high))
            throw new ArgumentException($"TruncatedNormal: standard deviation {standardDeviation}, interval [{low}, {high}]. Give a "
                + "positive deviation, and the lower end first.");
        _mean = mean;
        _standardDeviation = standardDeviation;
        _low = low;
        _high = high;
    }

    public override Tensor Create(Shape shape, DType dtype = DType.Float32, RandomGenerator? generator = null)
    {
        double[] values = Tensor.Rand(shape, DType.Float64, generator: generator).ToArray<double>();
        double from = MathNet.Numerics.Distributions.Normal.CDF(_mean, _standardDeviation, _low);
        double to = MathNet.Numerics.Distributions.Normal.CDF(_mean, _standardDeviation, _high);
        for (int i = 0; i < values.Length; i++)
        {
            double x = MathNet.Numerics.Distributions.Normal.InvCDF(_mean, _standardDeviation, from + values[i] * (to - from));
            values[i] = Math.Clamp(x, _low, _high);
        }
        return Tensor.From(values, shape).Cast(dtype);
    }
}
