using MathNet.Numerics.Distributions;

namespace NeuralNet.Tests;

public sealed class PhiloxRandomSourceTests
{
    private const int Length = 20_000;

    [Fact]
    public void NextDouble_Draws_AreTheGenerators()
    {
        RandomGenerator generator = new(1);
        PhiloxRandomSource source = new(new RandomGenerator(1));

        for (int i = 0; i < 100; i++)
            source.NextDouble().Should().Be(generator.NextDouble());
        source.Generator.Position.Should().Be(generator.Position);
    }

    [Fact]
    public void Distributions_SameSeed_RepeatTheirDraws()
    {
        double[] first = Sample(new PhiloxRandomSource(new RandomGenerator(7)));
        double[] second = Sample(new PhiloxRandomSource(new RandomGenerator(7)));

        first.Should().Equal(second);
        first.Should().NotEqual(Sample(new PhiloxRandomSource(new RandomGenerator(8))));

        static double[] Sample(PhiloxRandomSource source) =>
        [
            Normal.Sample(source, 0, 1),
            Gamma.Sample(source, 2, 1),
            Poisson.Sample(source, 20),
            Beta.Sample(source, 2, 3),
            source.NextInt64(),
            source.NextSingle(),
        ];
    }

    [Fact]
    public void Normal_Samples_FollowTheDistribution()
    {
        double[] values = new double[Length];
        new Normal(1, 2, new PhiloxRandomSource(new RandomGenerator(1))).Samples(values);

        DistributionTests.KolmogorovSmirnov(values, x => Normal.CDF(1, 2, x)).Should().BeGreaterThan(1e-3);
    }

    [Fact]
    public void Gamma_Samples_FollowTheDistribution()
    {
        double[] values = new double[Length];
        new Gamma(2.5, 0.5, new PhiloxRandomSource(new RandomGenerator(2))).Samples(values);

        DistributionTests.KolmogorovSmirnov(values, x => Gamma.CDF(2.5, 0.5, x)).Should().BeGreaterThan(1e-3);
    }

    [Fact]
    public void Next_Intervals_AreReachedAtBothEnds()
    {
        PhiloxRandomSource source = new(new RandomGenerator(3));

        source.NextInt32s(1000, -2, 3).Distinct().Order().Should().Equal(-2, -1, 0, 1, 2);
        source.NextInt32s(1000, 3).Distinct().Order().Should().Equal(0, 1, 2);
        source.NextInt32s(1000).Should().OnlyContain(x => x >= 0 && x < int.MaxValue);
        Enumerable.Range(0, 1000).Select(_ => source.NextInt64(-2, 3)).Distinct().Order().Should().Equal(-2, -1, 0, 1, 2);
        source.NextInt64(4, 4).Should().Be(4);
        FluentActions.Invoking(() => source.NextInt64(4, 3)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(19)]
    public void NextBytes_AnyLength_FillsFromTheStream(int length)
    {
        byte[] array = new byte[length];
        byte[] span = new byte[length];
        new PhiloxRandomSource(new RandomGenerator(0)).NextBytes(array);
        new PhiloxRandomSource(new RandomGenerator(0)).NextBytes(span.AsSpan());

        span.Should().Equal(array);
        byte[] firstWord = BitConverter.GetBytes(0xE169C58D6627E8D5);
        span.Take(8).Should().Equal(firstWord.Take(length));
    }

    [Fact]
    public void Constructor_NoGenerator_TakesTheCurrentOne()
    {
        RandomGenerator generator = new(1);
        using IDisposable scope = RandomGenerator.Use(generator);

        new PhiloxRandomSource().Generator.Should().BeSameAs(generator);
    }
}
