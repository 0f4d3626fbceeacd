using MathNet.Numerics.Distributions;
using NeuralNet.Backends.Cpu;

namespace NeuralNet.Tests;

/// <summary>
/// Goodness of fit, with fixed seeds: a p-value below 10⁻³ would be a fault of the generator or of the transform, not bad luck.
/// </summary>
public sealed class DistributionTests
{
    private const int Length = 200_000;
    private const double Significance = 1e-3;

    private static readonly CpuBackend s_backend = RandomKernelsTests.CreateBackend(CpuOptions.WidestInstructionSet, 2);

    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    [InlineData(ulong.MaxValue)]
    public void Uniform_ManyDraws_AreUniform(ulong key)
    {
        float[] singles = RandomKernelsTests.Draw<float>(s_backend, Length, (b, y) => b.Uniform(key, 0, -1f, 3f, y));
        double[] doubles = RandomKernelsTests.Draw<double>(s_backend, Length, (b, y) => b.Uniform(key, 0, -1d, 3d, y));

        KolmogorovSmirnov(singles.Select(x => (double)x), x => (x + 1) / 4).Should().BeGreaterThan(Significance);
        KolmogorovSmirnov(doubles, x => (x + 1) / 4).Should().BeGreaterThan(Significance);
        CheckMoments(doubles, 1, 16d / 12);
    }

    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    [InlineData(ulong.MaxValue)]
    public void Normal_ManyDraws_AreNormal(ulong key)
    {
        double[] singles =
        [
            .. RandomKernelsTests.Draw<float>(s_backend, Length, (b, y) => b.Normal(key, 0, 2f, 3f, y)).Select(x => (double)x),
        ];
        double[] doubles = RandomKernelsTests.Draw<double>(s_backend, Length, (b, y) => b.Normal(key, 0, 2d, 3d, y));

        foreach (double[] values in new[] { singles, doubles })
        {
            KolmogorovSmirnov(values, x => Normal.CDF(2, 3, x)).Should().BeGreaterThan(Significance);
            CheckMoments(values, 2, 9);
            double[] standard = [.. values.Select(x => (x - 2) / 3)];
            // Standard errors of the third and fourth moments: √15 and √96 over √n.
            standard.Average(z => z * z * z).Should().BeApproximately(0, 4 * Math.Sqrt(15d / Length));
            standard.Average(z => z * z * z * z).Should().BeApproximately(3, 4 * Math.Sqrt(96d / Length));
            // The two numbers of a pair, and neighbouring pairs, are uncorrelated.
            for (int lag = 1; lag <= 4; lag++)
            {
                double correlation = standard.Zip(standard.Skip(lag), (a, b) => a * b).Average();
                correlation.Should().BeApproximately(0, 4 / Math.Sqrt(Length), "lag {0}", lag);
            }
        }
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(-7, 250)]
    public void Integers_ManyDraws_FillAllValuesEvenly(long low, long high)
    {
        long[] values = RandomKernelsTests.Draw<long>(s_backend, Length, (b, y) => b.Integers(3, 0, low, high, y));

        values.Min().Should().Be(low);
        values.Max().Should().Be(high - 1);
        ChiSquare(values.Select(x => (int)(x - low)), (int)(high - low)).Should().BeGreaterThan(Significance);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Bernoulli_ManyDraws_HasTheProbability(double probability)
    {
        byte[] mask = RandomKernelsTests.Draw<byte>(s_backend, Length, (b, y) => b.Bernoulli(4, 0, probability, y));

        mask.Should().OnlyContain(x => x <= 1);
        double standardError = Math.Sqrt(probability * (1 - probability) / Length);
        mask.Average(x => (double)x).Should().BeApproximately(probability, 4 * standardError);
        // Neighbours are independent: both are 1 with probability p².
        double pairs = mask.Zip(mask.Skip(1), (a, b) => (double)(a & b)).Average();
        pairs.Should().BeApproximately(probability * probability, 6 * standardError);
    }

    [Fact]
    public void Shuffle_ManyTimes_MakesAllOrdersEquallyOften()
    {
        RandomGenerator generator = new(5);
        string[] orders = new string[48_000];
        for (int i = 0; i < orders.Length; i++)
            orders[i] = string.Concat(generator.Permutation(4));

        List<string> distinct = [.. orders.Distinct()];
        distinct.Should().HaveCount(24);
        ChiSquare(orders.Select(order => distinct.IndexOf(order)), 24).Should().BeGreaterThan(Significance);
    }

    internal static double KolmogorovSmirnov(IEnumerable<double> values, Func<double, double> distribution)
    {
        double[] sorted = [.. values.Order()];
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double expected = distribution(sorted[i]);
            distance = Math.Max(distance, Math.Max(expected - (double)i / sorted.Length, (double)(i + 1) / sorted.Length - expected));
        }
        // Kolmogorov's limiting distribution.
        double t = distance * Math.Sqrt(sorted.Length);
        return Math.Clamp(2 * Enumerable.Range(1, 100).Sum(k => (k % 2 == 1 ? 1 : -1) * Math.Exp(-2d * k * k * t * t)), 0, 1);
    }

    private static double ChiSquare(IEnumerable<int> values, int categories)
    {
        int[] counts = new int[categories];
        int total = 0;
        foreach (int value in values)
        {
            counts[value]++;
            total++;
        }
        double expected = (double)total / categories;
        return 1 - ChiSquared.CDF(categories - 1, counts.Sum(count => (count - expected) * (count - expected) / expected));
    }

    private static void CheckMoments(double[] values, double mean, double variance)
    {
        double standardError = Math.Sqrt(variance / values.Length);
        values.Average().Should().BeApproximately(mean, 4 * standardError);
        // The variance of (x − μ)² is at most 2σ⁴ for both distributions.
        values.Average(x => (x - mean) * (x - mean)).Should().BeApproximately(variance, 4 * variance * Math.Sqrt(2d / values.Length));
    }
}
