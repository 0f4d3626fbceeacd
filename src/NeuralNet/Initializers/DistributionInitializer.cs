using MathNet.Numerics.Distributions;

namespace NeuralNet;

/// <summary>
/// Draws from a distribution of MathNet. The distribution's own source of randomness is lent the library's for the time of a draw; draws
/// from one distribution wait for each other.
/// </summary>
internal sealed class DistributionInitializer : Initializer
{
    private readonly IContinuousDistribution _distribution;

    public DistributionInitializer(IContinuousDistribution distribution)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        _distribution = distribution;
    }

    public override Tensor Create(Shape shape, DType dtype = DType.Float32, RandomGenerator? generator = null)
    {
        double[] values = new double[shape.Length];
        lock (_distribution)
        {
            Random own = _distribution.RandomSource;
            _distribution.RandomSource = new PhiloxRandomSource((generator ?? RandomGenerator.Current).Split());
            try
            {
                _distribution.Samples(values);
            }
            finally
            {
                _distribution.RandomSource = own;
            }
        }
        return Tensor.From(values, shape).Cast(dtype);
    }
}
