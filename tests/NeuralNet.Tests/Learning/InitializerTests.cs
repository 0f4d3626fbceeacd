using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace NeuralNet.Tests.Learning;

/// <summary>The distributions of initial values: their ends, moments and scales.</summary>
public sealed class InitializerTests
{
    private static readonly Shape s_large = [200, 300];

    [Fact]
    public void Constant_OfShape_FillsIt()
    {
        Values(Initializer.Zeros(), [3, 2]).Should().Equal(0, 0, 0, 0, 0, 0);
        Values(Initializer.Ones(), [2]).Should().Equal(1, 1);
        Values(Initializer.Constant(-2.5), [2]).Should().Equal(-2.5, -2.5);
    }

    [Fact]
    public void Uniform_OfManyValues_HasItsEndsAndMoments() =>
        HasMoments(Initializer.Uniform(-1, 3), s_large, mean: 1, 4 / Math.Sqrt(12), low: -1, high: 3);

    [Fact]
    public void Normal_OfManyValues_HasItsMoments() => HasMoments(Initializer.Normal(2, 0.5), s_large, mean: 2, 0.5);

    [Theory]
    [InlineData(false, 200 + 300)]
    [InlineData(true, 200 + 300)]
    public void Xavier_OfMatrix_ScalesByBothFans(bool isUniform, double fans)
    {
        const double Gain = 1.5;
        double deviation = Gain * Math.Sqrt(2 / fans);
        double? bound = isUniform ? Gain * Math.Sqrt(6 / fans) : null;
        HasMoments(isUniform ? Initializer.XavierUniform(Gain) : Initializer.XavierNormal(Gain), s_large, 0, deviation, -bound, bound);
    }

    [Theory]
    [InlineData(Fan.In, 300)]
    [InlineData(Fan.Out, 200)]
    [InlineData(Fan.Average, 250)]
    public void Kaiming_OfMatrix_ScalesByTheFan(Fan fan, double size)
    {
        const double Slope = 0.2;
        double deviation = Math.Sqrt(2 / (1 + Slope * Slope)) / Math.Sqrt(size);
        double bound = Math.Sqrt(3) * deviation;
        HasMoments(Initializer.KaimingNormal(Slope, fan), s_large, 0, deviation);
        HasMoments(Initializer.KaimingUniform(Slope, fan), s_large, 0, deviation, -bound, bound);
    }

    [Theory]
    [InlineData(Fan.In, 30 * 9)]
    [InlineData(Fan.Out, 50 * 9)]
    public void Kaiming_OfConvolution_CountsTheKernelInTheFan(Fan fan, double size) =>
        HasMoments(Initializer.KaimingNormal(fan: fan), [50, 30, 3, 3], 0, Math.Sqrt(2 / size));

    [Fact]
    public void Fans_OfVector_Throw() => ((Action)(() => Initializer.XavierUniform().Create([3])))
        .Should().Throw<ShapeException>()
        .WithMessage("Initializer: fan-in and fan-out are defined for a weight of [out, in, …]; got [3]. *");

    [Theory]
    [InlineData(0, 1, -2, 2)]
    [InlineData(1, 0.5, 0.2, 1.1)]
    [InlineData(0, 1, 1, 4)]
    public void TruncatedNormal_OfManyValues_StaysInItsEndsWithTheTruncatedMoments(double mean, double deviation, double low, double high)
    {
        // Moments of the truncated normal distribution: Johnson, Kotz and Balakrishnan, "Continuous univariate distributions" 1, §10.1.
        double a = (low - mean) / deviation;
        double b = (high - mean) / deviation;
        double mass = Normal.CDF(0, 1, b) - Normal.CDF(0, 1, a);
        double shift = (Normal.PDF(0, 1, a) - Normal.PDF(0, 1, b)) / mass;
        double variance = 1 + (a * Normal.PDF(0, 1, a) - b * Normal.PDF(0, 1, b)) / mass - shift * shift;
        HasMoments(
            Initializer.TruncatedNormal(mean, deviation, low, high),
            s_large,
            mean + deviation * shift,
            deviation * Math.Sqrt(variance),
            low,
            high);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(double.NaN, 0, 1)]
    public void TruncatedNormal_WithBadNumbers_Throws(double deviation, double low, double high) =>
        ((Action)(() => Initializer.TruncatedNormal(0, deviation, low, high)))
            .Should().Throw<ArgumentException>().WithMessage("TruncatedNormal: *");

    [Theory]
    [InlineData(new long[] { 40, 40 })]
    [InlineData(new long[] { 60, 20 })]
    [InlineData(new long[] { 20, 60 })]
    [InlineData(new long[] { 16, 4, 3, 3 })]
    [InlineData(new long[] { 64, 4, 3, 3 })]
    [InlineData(new long[] { 1, 5 })]
    public void Orthogonal_OfShape_HasOrthonormalRowsOrColumns(long[] sizes)
    {
        const double Gain = 1.7;
        Tensor weight = Initializer.Orthogonal(Gain).Create(sizes, DType.Float64, new(1));
        weight.Shape.ToArray().Should().Equal(sizes);
        Tensor matrix = weight.Reshape(sizes[0], weight.Length / sizes[0]);
        bool isWide = matrix.Shape[0] < matrix.Shape[1];
        Tensor product = isWide ? matrix.MatMul(matrix.Transpose()) : matrix.Transpose().MatMul(matrix);
        Tensor expected = Tensor.Eye(product.Shape[0], dtype: DType.Float64) * (Gain * Gain);
        (product - expected).Abs().Max().Item<double>().Should().BeLessThan(1e-12);
    }

    [Fact]
    public void Orthogonal_OfManySeeds_IsUniformOverRotations()
    {
        // Without the correction of signs the first element would always have one sign.
        Initializer orthogonal = Initializer.Orthogonal();
        int positive = Enumerable.Range(0, 400)
            .Count(seed => orthogonal.Create([3, 3], DType.Float64, new((ulong)seed))[0, 0].Item<double>() > 0);
        positive.Should().BeInRange(150, 250);
    }

    [Fact]
    public void Orthogonal_OfVector_Throws() => ((Action)(() => Initializer.Orthogonal().Create([3]))).Should().Throw<ShapeException>();

    [Fact]
    public void Distribution_OfMathNet_DrawsFromTheLibrarysGeneratorAndGivesTheSourceBack()
    {
        Random own = new(1);
        Laplace laplace = new(1, 0.5, own);
        Initializer initializer = Initializer.Distribution(laplace);
        double[] first = Values(initializer, s_large);
        Values(initializer, s_large).Should().Equal(first, "the seed is the same");
        Values(initializer, s_large, seed: 2).Should().NotEqual(first);
        first.Mean().Should().BeApproximately(1, 0.02);
        first.StandardDeviation().Should().BeApproximately(0.5 * Math.Sqrt(2), 0.02);
        laplace.RandomSource.Should().BeSameAs(own);
    }

    [Fact]
    public void Create_WithASeed_RepeatsAndWithAnotherDiffers()
    {
        Initializer[] random =
        [
            Initializer.Uniform(),
            Initializer.Normal(),
            Initializer.TruncatedNormal(),
            Initializer.XavierNormal(),
            Initializer.KaimingUniform(),
            Initializer.Orthogonal(),
        ];
        foreach (Initializer initializer in random)
        {
            Values(initializer, [7, 5]).Should().Equal(Values(initializer, [7, 5]));
            Values(initializer, [7, 5], seed: 2).Should().NotEqual(Values(initializer, [7, 5]));
        }
    }

    [Fact]
    public void Create_InFloat_RoundsTheDoubles()
    {
        Initializer[] wide = [Initializer.TruncatedNormal(), Initializer.Orthogonal(), Initializer.Distribution(new Laplace(0, 1))];
        foreach (Initializer initializer in wide)
        {
            Tensor narrow = initializer.Create([7, 5], DType.Float32, new(1));
            narrow.DType.Should().Be(DType.Float32);
            narrow.ToArray<float>().Should().Equal(Values(initializer, [7, 5]).Select(x => (float)x));
        }
    }

    [Fact]
    public void Dense_ByDefault_DrawsFromPyTorchsDistributions()
    {
        Dense layer = new(400, 300, generator: new(1));
        double bound = 1 / Math.Sqrt(400);
        double[] weight = [.. layer.Weight.Value.ToArray<float>().Select(x => (double)x)];
        weight.Minimum().Should().BeInRange(-bound, -0.999 * bound);
        weight.Maximum().Should().BeInRange(0.999 * bound, bound);
        weight.StandardDeviation().Should().BeApproximately(bound / Math.Sqrt(3), 0.01 * bound);
        double[] bias = [.. layer.Bias!.Value.ToArray<float>().Select(x => (double)x)];
        bias.Minimum().Should().BeInRange(-bound, -0.95 * bound);
        bias.Maximum().Should().BeInRange(0.95 * bound, bound);
    }

    [Fact]
    public void Dense_WithInitializers_UsesThem()
    {
        Dense layer = new(2, 3, weightInitializer: Initializer.Ones(), biasInitializer: new Counting());
        layer.Weight.Value.ToArray<float>().Should().OnlyContain(x => x == 1);
        layer.Bias!.Value.ToArray<float>().Should().Equal(0, 1, 2);
    }

    private static double[] Values(Initializer initializer, Shape shape, ulong seed = 1) =>
        initializer.Create(shape, DType.Float64, new(seed)).ToArray<double>();

    /// <summary>Within five standard errors of the mean, and a percent or so of the deviation.</summary>
    private static void HasMoments(
        Initializer initializer, Shape shape, double mean, double deviation, double? low = null, double? high = null)
    {
        double[] values = Values(initializer, shape);
        values.Mean().Should().BeApproximately(mean, 5 * deviation / Math.Sqrt(values.Length));
        values.StandardDeviation().Should().BeApproximately(deviation, 0.02 * deviation);
        if (low is { } lowest && high is { } highest)
        {
            values.Minimum().Should().BeInRange(lowest, lowest + 0.01 * deviation);
            values.Maximum().Should().BeGreaterThan(highest - 0.3 * deviation).And.BeLessThanOrEqualTo(highest);
        }
    }

    private sealed class Counting : Initializer
    {
        public override Tensor Create(Shape shape, DType dtype = DType.Float32, RandomGenerator? generator = null) =>
            Tensor.Arange(shape.Length, dtype).Reshape(shape);
    }
}
