using NeuralNet.Testing;

namespace NeuralNet.Tests.Contracts;

/// <summary>Corners of mathematics, reductions, scans and orders. They are PyTorch's.</summary>
public sealed class VocabularyCornerTests
{
    private const double Infinity = double.PositiveInfinity;
    private const double NaN = double.NaN;

    [Theory]
    [InlineData(7, 3, 2, 1)]
    [InlineData(-7, 3, -3, 2)]
    [InlineData(7, -3, -3, -2)]
    [InlineData(-7, -3, 2, -1)]
    [InlineData(int.MinValue, -1, int.MinValue, 0)]
    public void Division_OfIntegers_RoundsDown(int a, int b, int quotient, int remainder)
    {
        Tensor x = Tensor.From([a]);
        x.FloorDivide(b).ToArray<int>().Should().Equal(quotient);
        (x % b).ToArray<int>().Should().Equal(remainder);
    }

    [Fact]
    public void Division_OfFloats_IsPythons()
    {
        Tensor a = Tensor.From([1.0, -1, 5.5, -5.5, 3, -0.0]);
        Tensor b = Tensor.From([0.1, 0.1, 2, 2, Infinity, 1]);
        a.FloorDivide(b).ToArray<double>().Should().Equal(9, -10, 2, -3, 0, -0.0);
        (a % b).ToArray<double>()[2..4].Should().Equal(1.5, 0.5);
    }

    [Fact]
    public void Division_ByTheInteger0_NamesTheMistake()
    {
        Action divide = () => Tensor.From([1, 2, 3]).FloorDivide(Tensor.From([1, 0, 0]));
        divide.Should().Throw<DivideByZeroException>().WithMessage("FloorDivide: 2 of 3 integer divisors are 0*");
        Action remainder = () => _ = Tensor.From([1L]) % 0;
        remainder.Should().Throw<DivideByZeroException>().WithMessage("Remainder: 1 of 1 integer divisors is 0*");
    }

    [Fact]
    public void Round_OfHalves_GoesToTheEvenNumber()
    {
        Tensor.From([0.5, 1.5, 2.5, -0.5, -1.5]).Round().ToArray<double>().Should().Equal(0, 2, 2, -0.0, -2);
        Tensor.From([1.25, 1.35]).Round(1).ToArray<double>().Should().Equal(1.2, 1.4);
        Tensor.From([1250.0, 1350]).Round(-2).ToArray<double>().Should().Equal(1200, 1400);
        Tensor.From([3, 4]).Floor().ToArray<int>().Should().Equal(3, 4);
    }

    [Fact]
    public void Clamp_AtItsLimits_PassesTheGradient()
    {
        Tensor x = Tensor.From([-2.0, -1, 0, 1, 2, NaN]).RequireGrad();
        Tensor y = x.Clamp(-1, 1);
        HostValues.ToDoubles(y).Should().Equal(-1, -1, 0, 1, 1, NaN);
        Gradients.Of(y.Sum(), x).ToArray<double>().Should().Equal(0, 1, 1, 1, 0, 0);
        Tensor.From([1.0, 5]).Clamp(min: 3, max: 2).ToArray<double>().Should().Equal(2, 2);
        Tensor.From([1, 5, 9]).Clamp(min: 3).ToArray<int>().Should().Equal(3, 5, 9);
        Action fraction = () => Tensor.From([1]).Clamp(0.5);
        fraction.Should().Throw<DTypeException>();
    }

    [Fact]
    public void IsClose_OfSpecialNumbers_IsPyTorchs()
    {
        Tensor a = Tensor.From([1.0, Infinity, Infinity, NaN, 1e10]);
        Tensor b = Tensor.From([1.0 + 1e-9, Infinity, 1, NaN, 1.00001e10]);
        a.IsClose(b).ToArray<bool>().Should().Equal(true, true, false, false, true);
        a.IsClose(b, equalNaN: true).ToArray<bool>()[3].Should().BeTrue();
        Tensor.From([1, 2]).AllClose(Tensor.From([1, 2])).Should().BeTrue();
        Tensor.Zeros(0).AllClose(Tensor.Zeros(0)).Should().BeTrue();
    }

    [Fact]
    public void Logic_OfNumbers_TakesThemAsTruthValues()
    {
        Tensor a = Tensor.From([0.0, 1, NaN]);
        a.LogicalNot().ToArray<bool>().Should().Equal(true, false, false);
        a.LogicalAnd(Tensor.From([1, 0, 2])).ToArray<bool>().Should().Equal(false, false, true);
        Action and = () => _ = a & a;
        and.Should().Throw<DTypeException>().WithMessage("LogicalAnd: a tensor of Float64; Bool is needed.*");
    }

    [Theory]
    [InlineData(1, 0, 3, 0, 3, 0)]
    [InlineData(0, 0, 3, 0, 0, 0)]
    [InlineData(2, 1, 3, 3, 6, 2)]
    public void Prod_WithZeros_HasTheProductOfTheOthersAsGradient(double a, double b, double c, double da, double db, double dc)
    {
        Tensor x = Tensor.From([a, b, c]).RequireGrad();
        Gradients.Of(x.Prod(), x).ToArray<double>().Should().Equal(da, db, dc);
        Tensor last = Gradients.Of(x.CumProd(0)[2], x);
        last.ToArray<double>().Should().Equal(da, db, dc);
    }

    [Fact]
    public void Reductions_OfNothing_HaveTheirNeutralElement()
    {
        Tensor empty = Tensor.Zeros(0, 3);
        empty.Prod(0).ToArray<float>().Should().Equal(1, 1, 1);
        empty.Any(0).ToArray<bool>().Should().Equal(false, false, false);
        empty.All().Item<bool>().Should().BeTrue();
        empty.Norm().Item<float>().Should().Be(0);
        empty.CumSum(0).Shape.Should().Equal(0, 3);
        Action min = () => empty.Min(0);
        min.Should().Throw<InvalidOperationException>().WithMessage("Min: *[0, 3]*");
        Action median = () => empty.Median(0);
        median.Should().Throw<InvalidOperationException>().WithMessage("Median: *");
    }

    [Fact]
    public void NormAndStd_At0_HaveTheGradient0()
    {
        Tensor x = Tensor.Zeros([3], DType.Float64).RequireGrad();
        foreach (double p in new[] { 0.5, 1, 2, 3 })
            Gradients.Of(x.Norm(p), x).ToArray<double>().Should().Equal([0, 0, 0], $"p = {p}");
        Gradients.Of(x.Std(), x).ToArray<double>().Should().Equal(0, 0, 0);
        HostValues.ToDoubles(Tensor.From([5.0]).Var()).Should().Equal(NaN);
    }

    [Fact]
    public void Var_WithALargeMean_KeepsItsDigits()
    {
        Tensor x = Tensor.Randn([100_000], generator: new(1)).Cast(DType.Float64);
        double expected = x.Var().Item<double>();
        float actual = (x + 1e4).Cast(DType.Float32).Var().Item<float>();
        actual.Should().BeApproximately((float)expected, 1e-4f);
    }

    [Fact]
    public void NaN_InScansAndOrders_IsTheLargest()
    {
        Tensor x = Tensor.From([2.0, NaN, -1, Infinity, NaN, -0.0, 0]);
        x.ArgSort().ToArray<long>().Should().Equal(2, 5, 6, 0, 3, 1, 4);
        x.ArgSort(descending: true).ToArray<long>().Should().Equal(1, 4, 3, 0, 5, 6, 2);
        x.TopK(2).Indices.ToArray<long>().Should().Equal(1, 4);
        x.TopK(2, largest: false).Indices.ToArray<long>().Should().Equal(2, 5);
        HostValues.ToDoubles(x.CumMax(0).Values).Should().Equal(2, NaN, NaN, NaN, NaN, NaN, NaN);
        x.CumMax(0).Indices.ToArray<long>().Should().Equal(0, 1, 1, 1, 4, 4, 4);
        HostValues.ToDoubles(x.Median()).Should().Equal(NaN);
        HostValues.ToDoubles(x.Quantile(0.5, 0)).Should().Equal(NaN);
        HostValues.ToDoubles(x.Min()).Should().Equal(NaN);
        x.ArgMin().Item<long>().Should().Be(1);
        x.Any().Item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Sort_OfEquals_KeepsTheirOrderOnEveryLength()
    {
        foreach (int length in new[] { 1, 2, 47, 48, 49, 300, 5000 })
        {
            Tensor x = Tensor.RandInt(0, 4, [length], generator: new(7));
            int[] keys = [.. x.ToArray<long>().Select(key => (int)key)];
            x.ArgSort().ToArray<long>().Should().Equal(Enumerable.Range(0, length).OrderBy(i => keys[i]).Select(i => (long)i));
            x.Cast(DType.Float32).ArgSort(descending: true).ToArray<long>()
                .Should().Equal(Enumerable.Range(0, length).OrderByDescending(i => keys[i]).Select(i => (long)i));
        }
    }

    [Theory]
    [InlineData(QuantileInterpolation.Linear, 2.5)]
    [InlineData(QuantileInterpolation.Lower, 2)]
    [InlineData(QuantileInterpolation.Higher, 3)]
    [InlineData(QuantileInterpolation.Midpoint, 2.5)]
    [InlineData(QuantileInterpolation.Nearest, 3)]
    public void Quantile_BetweenTwoElements_Interpolates(QuantileInterpolation interpolation, double expected) =>
        Tensor.From([4.0, 1, 3, 2]).Quantile(0.5, 0, interpolation: interpolation).Item<double>().Should().Be(expected);

    [Fact]
    public void Selection_OutOfRange_NamesTheMistake()
    {
        Tensor x = Tensor.From([1.0, 2, 3]);
        Action topK = () => x.TopK(4);
        topK.Should().Throw<ArgumentOutOfRangeException>().WithMessage("TopK: 4 elements of axis 0 of [3]. Ask for 0 to 3.*");
        x.TopK(0).Values.Shape.Should().Equal(0);
        Action quantile = () => x.Quantile(1.5, 0);
        quantile.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Quantile: q is 1.5.*");
        Action kth = () => x.KthValue(0);
        kth.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Unique_OfSomeNumbers_FindsValuesPositionsAndCounts()
    {
        Tensor x = Tensor.From(new[,] { { 3, 1, 3 }, { 2, 1, 3 } });
        (Tensor values, Tensor inverse, Tensor counts) = x.Unique();
        values.ToArray<int>().Should().Equal(1, 2, 3);
        inverse.Shape.Should().Equal(2, 3);
        inverse.ToArray<long>().Should().Equal(2, 0, 2, 1, 0, 2);
        counts.ToArray<long>().Should().Equal(2, 1, 3);
        Tensor.Zeros(0).Unique().Values.Shape.Should().Equal(0);
        Action meta = () => Tensor.Zeros([3], device: Device.Meta).Unique();
        meta.Should().Throw<DeviceException>().WithMessage("Unique: *");
    }

    [Fact]
    public void Mode_OfEquallyFrequent_IsTheSmallestAtItsLastPosition()
    {
        (Tensor values, Tensor indices) = Tensor.From(new[,] { { 5, 2, 5, 2, 9 }, { 7, 7, 7, 1, 1 } }).Mode(1);
        values.ToArray<int>().Should().Equal(2, 7);
        indices.ToArray<long>().Should().Equal(3, 2);
    }

    [Fact]
    public void Counts_OfNumbers_AreRight()
    {
        Tensor x = Tensor.From([1, 3, 1, 0]);
        x.BinCount().ToArray<long>().Should().Equal(1, 2, 0, 1);
        x.BinCount(6).ToArray<long>().Should().Equal(1, 2, 0, 1, 0, 0);
        x.BinCount(Tensor.From([0.5, 1, 2, 4])).ToArray<double>().Should().Equal(4, 2.5, 0, 1);
        Action negative = () => Tensor.From([-1]).BinCount();
        negative.Should().Throw<ArgumentOutOfRangeException>().WithMessage("BinCount: the number -1.*");
        (Tensor counts, Tensor edges) = Tensor.From([0.0, 0.9, 1, 3.9, 4, -1, 5, NaN]).Histogram(4, 0, 4);
        counts.ToArray<long>().Should().Equal(2, 1, 0, 2);
        edges.ToArray<double>().Should().Equal(0, 1, 2, 3, 4);
    }

    [Fact]
    public void Shapes_ThatDoNotFit_NameTheMistake()
    {
        Tensor x = Tensor.Zeros(2, 3);
        foreach ((Action call, string message) in new (Action, string)[]
        {
            (() => Tensor.Stack([x, Tensor.Zeros(3, 2)]), "Stack: tensor 1 of [3, 2] beside tensor 0 of [2, 3]*"),
            (() => x.Split([1, 3], 1), "Split: sizes [1, 3] for axis 1 of [2, 3]*"),
            (() => x.Pad([3, 0], PaddingMode.Reflect), "Pad: widths 3 and 0 on axis 1 of [2, 3]. With Reflect give 0 to 2.*"),
            (() => x.Pad([1]), "Pad: 1 widths for a tensor of [2, 3]*"),
            (() => x.Pad([-2, -2]), "Pad: widths -2 and -2 on axis 1 of [2, 3] leave less than nothing*"),
            (() => x.Unfold(0, 3, 1), "Unfold: windows of size 3 on axis 0 of [2, 3]*"),
            (() => x.Unflatten(1, 2, 2), "Unflatten: axis 1 of [2, 3] has size 3*"),
            (() => x.Repeat(2), "Repeat: 1 counts for a tensor of [2, 3]*"),
            (() => Tensor.Zeros(3).Tril(), "Tril: a tensor of [3] is no matrix*"),
            (() => x.Glu(), "Glu: axis 1 of [2, 3] has the odd size 3*"),
            (() => x.Prelu(Tensor.Zeros(2)), "Prelu: slopes of [2] for a tensor of [2, 3] with 3 channels*"),
        })
        {
            call.Should().Throw<ShapeException>().WithMessage(message);
        }
    }

    [Fact]
    public void Movements_ThatAreUndone_GiveTheTensorBack()
    {
        Tensor x = Tensor.Arange(24).Reshape(2, 3, 4);
        x.Flip(0, 2).Flip(2, 0).ToArray<long>().Should().Equal(x.ToArray<long>());
        x.Roll(5, 2).Roll(-5, 2).ToArray<long>().Should().Equal(x.ToArray<long>());
        x.Pad([1, 2, 3, 4]).Pad([-1, -2, -3, -4]).ToArray<long>().Should().Equal(x.ToArray<long>());
        x.MoveAxis(0, 2).MoveAxis(2, 0).ToArray<long>().Should().Equal(x.ToArray<long>());
        Tensor.Concat(x.Chunk(3, 2), 2).ToArray<long>().Should().Equal(x.ToArray<long>());
        x.Chunk(3, 2).Length.Should().Be(2, "PyTorch's chunks have the rounded-up size");
        x.RepeatInterleave(Tensor.From([2, 0]), 0).ToArray<long>().Should().Equal([.. Enumerable.Range(0, 12).Concat(Enumerable.Range(0, 12)).Select(i => (long)i)]);
    }

    [Theory]
    [InlineData("HardTanh", 1, 0)]
    [InlineData("HardTanh", -1, 0)]
    [InlineData("Relu6", 0, 0)]
    [InlineData("Relu6", 6, 0)]
    [InlineData("LeakyRelu", 0, 0.01)]
    [InlineData("Elu", 0, 1)]
    [InlineData("SoftShrink", 0.5, 0)]
    [InlineData("HardShrink", -0.5, 0)]
    [InlineData("Threshold", 0.5, 0)]
    [InlineData("HardSigmoid", 3, 0)]
    [InlineData("HardSwish", -3, 0)]
    [InlineData("HardSwish", 3, 1)]
    [InlineData("Floor", 1, 0)]
    public void Gradient_AtAKink_IsPyTorchs(string op, double at, double gradient)
    {
        Tensor x = Tensor.FromScalar(at).RequireGrad();
        Gradients.Of(OpCases.Named($"{op}.scalar").Function([x]), x).Item<double>().Should().Be(gradient);
    }
}
