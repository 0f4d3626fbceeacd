namespace NeuralNet.Datasets.Tests;

public class ScalerTests
{
    private static readonly Tensor s_x = Tensor.From(new double[,] { { 1, 5, 0.1 }, { 2, 5, 0.1 }, { 6, 5, 0.1 }, { double.NaN, 5, 0.1 } });

    [Fact]
    public void StandardScaler_Fit_SkipsMissingAndConstantFeatures()
    {
        StandardScaler scaler = new();
        Tensor y = scaler.FitTransform(s_x);
        scaler.Shift.ToArray<double>().Should().Equal(3, 5, 0.1);
        double deviation = Math.Sqrt(14.0 / 3);
        scaler.Scale.ToArray<double>()[0].Should().BeApproximately(deviation, 1e-15);
        scaler.Scale.ToArray<double>()[1..].Should().Equal(1, 1);
        y[.., 0].ToArray<double>()[2].Should().BeApproximately(3 / deviation, 1e-15);
        double.IsNaN(y[.., 0].ToArray<double>()[3]).Should().BeTrue();
        y[.., 1].ToArray<double>().Should().Equal(0, 0, 0, 0);
    }

    [Fact]
    public void StandardScaler_OfFloats_GivesFloatsOfMeanZeroAndDeviationOne()
    {
        Tensor x = Wine.Load().Features;
        StandardScaler scaler = new();
        Tensor y = scaler.FitTransform(x);
        y.DType.Should().Be(DType.Float32);
        y.Mean(0).ToArray<float>().Should().OnlyContain(mean => Math.Abs(mean) < 1e-5);
        y.Square().Mean(0).ToArray<float>().Should().OnlyContain(variance => Math.Abs(variance - 1) < 1e-5);
        (scaler.InverseTransform(y) - x).Abs().Max().Item<float>().Should().BeLessThan(1e-3f, "the greatest feature is 1680");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 3)]
    public void MinMaxScaler_Fit_GivesTheRange(double minimum, double maximum)
    {
        Tensor y = new MinMaxScaler(minimum, maximum).FitTransform(s_x);
        double[] first = y[.., 0].ToArray<double>();
        first[0].Should().BeApproximately(minimum, 1e-15);
        first[1].Should().BeApproximately(minimum + (maximum - minimum) / 5, 1e-15);
        first[2].Should().BeApproximately(maximum, 1e-15);
        double.IsNaN(first[3]).Should().BeTrue();
        y[.., 1].ToArray<double>().Should().OnlyContain(value => Math.Abs(value - minimum) < 1e-14);
    }

    [Fact]
    public void Scaler_OfSavedValues_IsTheSame()
    {
        StandardScaler scaler = new();
        scaler.Fit(s_x);
        new StandardScaler(scaler.Shift, scaler.Scale).Transform(s_x[..3]).ToArray<double>().Should().Equal(scaler.Transform(s_x[..3]).ToArray<double>());
    }

    [Fact]
    public void Bad_Arguments_AreNamed()
    {
        Throws<InvalidOperationException>(() => new StandardScaler().Transform(s_x), "StandardScaler: nothing was learned yet. Call Fit or FitTransform first.");
        Throws<ShapeException>(() => new MinMaxScaler().Fit(Tensor.Zeros(3)), "MinMaxScaler.Fit: examples of [3].*");
        Throws<ShapeException>(() => new MinMaxScaler().Fit(Tensor.Zeros(0, 3)), "*none to learn from*");
        Throws<DTypeException>(() => new StandardScaler().Fit(Tensor.Zeros([2, 3], DType.Int64)), "*Int64. Use Cast*");
        Throws<ArgumentException>(() => _ = new MinMaxScaler(1, 1), "*a range from 1 to 1*");
        StandardScaler scaler = new();
        scaler.Fit(s_x);
        Throws<ShapeException>(() => scaler.Transform(Tensor.Zeros(2, 4)), "*[2, 4] have 4 features on axis 1, learned were 3*");
        Throws<ShapeException>(() => _ = new StandardScaler(Tensor.Zeros(2), Tensor.Ones(3)), "*a shift of [2], a scale of [3]*");

        static void Throws<T>(Action action, string message)
            where T : Exception => action.Should().Throw<T>().WithMessage(message);
    }
}
