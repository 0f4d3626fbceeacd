using NeuralNet.Testing;

namespace NeuralNet.Tests.Contracts;

/// <summary>Products and distances at their corners: points that coincide, nothing at all, and what is said of errors.</summary>
public sealed class ContractionCornerTests
{
    private const double Infinity = double.PositiveInfinity;
    private const double NaN = double.NaN;

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(Infinity)]
    public void CDist_OfPointsThatCoincide_Is0WithGradient0(double p)
    {
        Tensor a = Tensor.From(new[,] { { 1.0, 2 } }).RequireGrad();
        Tensor b = Tensor.From(new[,] { { 1.0, 2 } }).RequireGrad();
        Tensor y = Tensor.CDist(a, b, p);
        y.ToArray<double>().Should().Equal(0);
        Tensor[] gradients = Gradients.Of(y.Sum(), [a, b]);
        gradients[0].ToArray<double>().Should().Equal(0, 0);
        gradients[1].ToArray<double>().Should().Equal(0, 0);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(Infinity)]
    public void CDist_OfOneEqualCoordinate_HasGradient0ForIt(double p)
    {
        Tensor a = Tensor.From(new[,] { { 1.0, 4 } }).RequireGrad();
        Tensor y = Tensor.CDist(a, Tensor.From(new[,] { { 1.0, 2 } }), p);
        Difference([2], y).Should().BeNull();
        Difference([0, 1], Gradients.Of(y.Sum(), a)).Should().BeNull();
    }

    [Fact]
    public void CDist_OfNaN_IsNaNForEveryNorm()
    {
        Tensor a = Tensor.From(new[,] { { NaN, 1 } });
        foreach (double p in new[] { 0, 0.5, 1, 2, 3, Infinity })
            Tensor.CDist(a, Tensor.Zeros([1, 2], DType.Float64), p).Item<double>().Should().Be(NaN);
    }

    [Fact]
    public void CDist_OfNearPointsFarAway_LosesNoDigits()
    {
        Tensor a = Tensor.From(new[,] { { 10000f, 10000f } });
        Tensor b = Tensor.From(new[,] { { 10000.0625f, 10000f } });
        Tensor.CDist(a, b).Item<float>().Should().Be(0.0625f);
    }

    [Fact]
    public void Distances_OfWrongArguments_AreErrors()
    {
        Tensor x = Tensor.Zeros(2, 3);
        Throws<ArgumentOutOfRangeException>(() => Tensor.CDist(x, x, -1), "CDist: p = -1 makes no norm*");
        Throws<ArgumentOutOfRangeException>(() => x.PairwiseDistance(x, NaN), "PairwiseDistance: p = NaN makes no norm*");
        Throws<ShapeException>(() => Tensor.CDist(x, Tensor.Zeros(2, 4)), "CDist: shapes [2, 3] and [2, 4]*");
        Throws<ShapeException>(() => Tensor.CDist(x[0], x), "CDist: shapes [3] and [2, 3]*");
        Throws<ShapeException>(() => Tensor.CDist(Tensor.Zeros(2, 4, 3), Tensor.Zeros(3, 4, 3)), "CDist: the leading axes*");
        Throws<ShapeException>(() => Tensor.FromScalar(1f).PairwiseDistance(Tensor.FromScalar(1f)), "PairwiseDistance: axis -1 of*");
        Throws<ShapeException>(() => x.CosineSimilarity(x, axis: 2), "CosineSimilarity: axis 2*");
        Throws<DTypeException>(() => Tensor.Arange(3).CosineSimilarity(Tensor.Arange(3), axis: 0), "CosineSimilarity: a tensor of Int64*");
    }

    [Fact]
    public void CosineSimilarity_OfTheZeroVector_Is0WithAGradientOfEps()
    {
        Tensor zero = Tensor.Zeros([1, 2], DType.Float64).RequireGrad();
        Tensor y = zero.CosineSimilarity(Tensor.From(new[,] { { 3.0, 4 } }), eps: 0.5);
        y.ToArray<double>().Should().Equal(0);
        Difference([1.2, 1.6], Gradients.Of(y.Sum(), zero)).Should().BeNull();
    }

    [Fact]
    public void CosineSimilarity_OfLongVectors_DoesNotOverflow()
    {
        Tensor x = Tensor.From(new[,] { { 1e15f, 1e15f } });
        Difference([1], x.CosineSimilarity(x * 3)).Should().BeNull();
    }

    [Fact]
    public void PairwiseDistance_OfEqualVectors_IsThatOfEps()
    {
        Tensor x = Tensor.From(new[,] { { 1.0, 2, 3, 4 } });
        x.PairwiseDistance(x, eps: 0.25, keepDims: true).ToArray<double>().Should().Equal(0.5);
        x.PairwiseDistance(x, eps: 0.25, keepDims: true).Shape.Should().Equal(1, 1);
    }

    [Fact]
    public void Products_OfVectors_WantVectors()
    {
        Tensor x = Tensor.Zeros(2, 3);
        Throws<ShapeException>(() => x.Dot(x), "Dot: shapes [2, 3] and [2, 3]; two vectors of one length*");
        Throws<ShapeException>(() => x[0].Dot(x[0, 1..]), "Dot: shapes [3] and [2]*");
        Throws<ShapeException>(() => x.Outer(x[0]), "Outer: shapes [2, 3] and [3]*");
        Throws<ShapeException>(() => x[0].Trace(), "Trace: a tensor of [3]; a matrix is needed*");
        Throws<DTypeException>(() => x[0].Outer(Tensor.Arange(3)), "Outer: *");
    }

    [Fact]
    public void Trace_OfAnyMatrix_AddsUpTheDiagonal()
    {
        Tensor.Arange(6).Reshape(2, 3).Trace().Item<long>().Should().Be(4);
        Tensor.Arange(6).Reshape(3, 2).T.Trace().Item<long>().Should().Be(3);
        Tensor.Zeros(0, 3).Trace().Item<float>().Should().Be(0);
        Tensor.From(new[,] { { true, true }, { true, true } }).Trace().Item<long>().Should().Be(2);
    }

    [Fact]
    public void Kron_OfScalarsAndManyAxes_MultipliesSizes()
    {
        Tensor.FromScalar(2f).Kron(Tensor.FromScalar(3f)).Item<float>().Should().Be(6);
        Tensor.FromScalar(2f).Kron(Tensor.From([1f, 2])).ToArray<float>().Should().Equal(2, 4);
        Tensor.Ones(1, 2, 1, 3, 1, 2, 1, 1).Kron(Tensor.Ones(2, 1, 1, 1, 2, 2, 1, 1)).Shape.Should().Equal(2, 2, 1, 3, 2, 4, 1, 1);
        Tensor.Zeros(0, 2).Kron(Tensor.Zeros(3, 2)).Shape.Should().Equal(0, 4);
        Tensor large = Tensor.Ones(2, 2, 2, 2, 2);
        Throws<ShapeException>(() => large.Kron(large), "Kron: shapes [2, 2, 2, 2, 2] and [2, 2, 2, 2, 2] have 10 sizes other than 1*");
    }

    private static string? Difference(double[] expected, Tensor actual) => Comparison.Difference(
        expected, HostValues.ToDoubles(actual), Tolerances.Value(actual.DType, isElementwise: false, expected));

    private static void Throws<T>(Action call, string message)
        where T : Exception => call.Should().Throw<T>().WithMessage(message);
}
