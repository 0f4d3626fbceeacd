using NeuralNet.Testing;

namespace NeuralNet.Tests.Contracts;

/// <summary>Corners of the element-wise functions, and those that are made of others.</summary>
public sealed class MathematicsTests
{
    private const double Infinity = double.PositiveInfinity;
    private const double NaN = double.NaN;

    public static TheoryData<DType> Integers => [DType.Int32, DType.Int64, DType.UInt8];

    public static TheoryData<DType> FloatingPoint => [DType.Float32, DType.Float64];

    [Theory]
    [MemberData(nameof(Integers))]
    public void Divisions_OfIntegersBy0_SayHowManyAndWhatToDo(DType dtype)
    {
        Tensor x = Tensor.Ones([3], dtype);
        Tensor divisor = Tensor.From([1, 0, 0]).Cast(dtype);
        foreach ((string name, Action call) in new (string, Action)[]
        {
            ("Remainder", () => x.Remainder(divisor)),
            ("Remainder", () => _ = x % 0),
            ("FloorDivide", () => x.FloorDivide(divisor)),
            ("FloorDivide", () => x.FloorDivide(0)),
        })
        {
            call.Should().Throw<DivideByZeroException>().WithMessage($"{name}: * of * integer divisors * 0*Tensor.Where*");
        }
    }

    [Fact]
    public void Divisions_OfIntegersWithoutElements_AreEmpty()
    {
        Tensor x = Tensor.Zeros([0], DType.Int32);
        x.Remainder(x).Length.Should().Be(0);
        x.FloorDivide(0 * x).Length.Should().Be(0);
    }

    [Fact]
    public void Divisions_OfTheSmallestIntegersByMinus1_WrapAround()
    {
        Tensor narrow = Tensor.From([int.MinValue, 7]);
        Tensor wide = Tensor.From([long.MinValue, 7]);
        narrow.FloorDivide(-1).ToArray<int>().Should().Equal(int.MinValue, -7);
        wide.FloorDivide(-1).ToArray<long>().Should().Equal(long.MinValue, -7);
        (narrow % -1).ToArray<int>().Should().Equal(0, 0);
        (wide % -1).ToArray<long>().Should().Equal(0, 0);
        (Tensor.From(new byte[] { 255, 7 }) % 255).ToArray<byte>().Should().Equal(0, 7);
    }

    [Theory]
    [InlineData(7, 3, 2, 1)]
    [InlineData(-7, 3, -3, 2)]
    [InlineData(7, -3, -3, -2)]
    [InlineData(-7, -3, 2, -1)]
    [InlineData(-6, 3, -2, 0)]
    public void Divisions_OfEitherSign_RoundDown(int a, int b, int quotient, int remainder)
    {
        foreach (DType dtype in new[] { DType.Int32, DType.Int64, DType.Float32, DType.Float64 })
        {
            Tensor x = Tensor.Full([5], a, dtype);
            HostValues.ToDoubles(x.FloorDivide(b)).Should().AllBeEquivalentTo((double)quotient);
            HostValues.ToDoubles(x % b).Should().AllBeEquivalentTo((double)remainder);
        }
    }

    /// <summary>1/0.1 is 10 when rounded, though 0.1 is a little more than a tenth.</summary>
    [Fact]
    public void FloorDivide_WhereTheQuotientRoundsUp_IsThatOfTheExactOne()
    {
        Tensor.FromScalar(1.0).FloorDivide(0.1).Item<double>().Should().Be(9);
        (Tensor.FromScalar(1.0) % 0.1).Item<double>().Should().Be(1.0 % 0.1);
    }

    [Fact]
    public void Round_OfHalves_GoesToTheEven() =>
        Tensor.From([-1.5f, -0.5f, 0.5f, 1.5f, 2.5f]).Round().ToArray<float>().Should().Equal(-2, -0f, 0, 2, 2);

    [Fact]
    public void Round_ToDecimals_KeepsThem()
    {
        Tensor.From([0.125, -2.375, 1234.56]).Round(2).ToArray<double>().Should().Equal(0.12, -2.38, 1234.56);
        Tensor.From([1250.0, -1350, 49]).Round(-2).ToArray<double>().Should().Equal(1200, -1400, 0);
    }

    [Theory]
    [MemberData(nameof(Integers))]
    public void Roundings_OfIntegers_AreTheTensorItself(DType dtype)
    {
        Tensor x = Tensor.Ones([3], dtype);
        foreach (Tensor y in new[] { x.Floor(), x.Ceil(), x.Trunc(), x.Round() })
            y.Should().BeSameAs(x);
        Action call = () => x.Round(-1);
        call.Should().Throw<DTypeException>().WithMessage("Round: *");
    }

    [Theory]
    [MemberData(nameof(FloatingPoint))]
    public void Clamp_AtTheBounds_PassesTheGradient(DType dtype)
    {
        Tensor x = Tensor.From([-2.0, -1, 0, 1, 2, NaN]).Cast(dtype).Detach().RequireGrad();
        Tensor y = x.Clamp(-1, 1);
        HostValues.ToDoubles(y).Should().Equal(-1, -1, 0, 1, 1, NaN);
        HostValues.ToDoubles(Gradients.Of(y.Sum(), x)).Should().Equal(0, 1, 1, 1, 0, 0);
        HostValues.ToDoubles(Gradients.Of(x.Clamp(1, -1).Sum(), x)).Should().OnlyContain(gradient => gradient == 0);
        HostValues.ToDoubles(x.Clamp(min: NaN)).Should().OnlyContain(element => double.IsNaN(element));
        HostValues.ToDoubles(x.Clamp(0, NaN)).Should().OnlyContain(element => double.IsNaN(element));
    }

    [Theory]
    [MemberData(nameof(FloatingPoint))]
    public void Clamp_ByTensors_TakesBoundsAndTheirGradients(DType dtype)
    {
        Tensor x = Tensor.From([-2.0, -1, 0, 1, 2, NaN, 0]).Cast(dtype).Detach().RequireGrad();
        Tensor min = Tensor.From([-1.0, -1, -1, -1, -1, -1, NaN]).Cast(dtype).Detach().RequireGrad();
        Tensor max = Tensor.FromScalar(1.0).Cast(dtype).Detach().RequireGrad();
        Tensor y = x.Clamp(min, max);
        HostValues.ToDoubles(y).Should().Equal(-1, -1, 0, 1, 1, NaN, NaN);
        Tensor[] gradients = Gradients.Of(y.Sum(), [x, min, max]);
        HostValues.ToDoubles(gradients[0]).Should().Equal(0, 1, 1, 1, 0, 1, 0);
        HostValues.ToDoubles(gradients[1]).Should().Equal(1, 0, 0, 0, 0, 0, 1);
        HostValues.ToDoubles(gradients[2]).Should().Equal(1);
    }

    [Fact]
    public void Clamp_OfWrongArguments_NamesItself()
    {
        Tensor x = Tensor.From([1f, 2]);
        new Action(() => x.Clamp((Scalar?)null)).Should().Throw<ArgumentException>().WithMessage("Clamp: neither bound*");
        new Action(() => x.Clamp(null, (Tensor?)null)).Should().Throw<ArgumentException>().WithMessage("Clamp: neither bound*");
        new Action(() => x.Clamp(Tensor.From([1.0]), null)).Should().Throw<DTypeException>().WithMessage("Clamp: dtypes*");
        new Action(() => x.Cast(DType.Int32).Clamp(0.5)).Should().Throw<DTypeException>().WithMessage("Clamp: the number 0.5*");
        new Action(() => (x > 0).Clamp(null, x > 0)).Should().Throw<DTypeException>().WithMessage("Clamp: *Bool*");
    }

    [Fact]
    public void Lerp_ByATensor_IsTheWeightedSumToSecondOrder()
    {
        double[] start = [1.5, -0.25, 2, 0.75];
        double[] end = [0.5, 1.25, -3, 0.5];
        double[] weight = [0.25, 0.75, -1.5, 2];
        Tensor y = Tensor.From(start).Lerp(Tensor.From(end), Tensor.From(weight));
        y.ToArray<double>().Should().Equal(1.25, 0.875, 9.5, 0.25);
        Tensor[] inputs = [Tensor.From(start), Tensor.From(end), Tensor.From(weight)];
        GradientCheck.Verify(x => x[0].Lerp(x[1], x[2]), inputs, order: 2, 1e-5, Tolerances.CentralDifference);
    }

    [Fact]
    public void Lerp_AtBothEnds_IsExact()
    {
        Tensor a = Tensor.From([1e8f, 1f, 3f]);
        Tensor b = Tensor.From([1f, 1e-8f, -1e9f]);
        foreach (double weight in new double[] { 0, 1 })
        {
            float[] expected = (weight == 0 ? a : b).ToArray<float>();
            a.Lerp(b, weight).ToArray<float>().Should().Equal(expected);
            a.Lerp(b, Tensor.Full([3], weight)).ToArray<float>().Should().Equal(expected);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Lerp_OfMixedDTypes_NamesItself(int place)
    {
        Tensor[] inputs = [Tensor.Ones([2]), Tensor.Ones([2]), Tensor.Ones([2])];
        inputs[place] = inputs[place].Cast(DType.Float64);
        Action call = () => inputs[0].Lerp(inputs[1], inputs[2]);
        call.Should().Throw<DTypeException>().WithMessage("Lerp: *");
    }

    [Fact]
    public void Operators_OfLogic_TakeBoolAlone()
    {
        Tensor a = Tensor.From([true, true, false, false]);
        Tensor b = Tensor.From([true, false, true, false]);
        (a & b).ToArray<bool>().Should().Equal(true, false, false, false);
        (a | b).ToArray<bool>().Should().Equal(true, true, true, false);
        (a ^ b).ToArray<bool>().Should().Equal(false, true, true, false);
        (!a).ToArray<bool>().Should().Equal(false, false, true, true);
        Tensor number = Tensor.From([1, 2, 3, 4]);
        new Action(() => _ = a & number).Should().Throw<DTypeException>().WithMessage("LogicalAnd: *Int32*");
        new Action(() => _ = number | number).Should().Throw<DTypeException>().WithMessage("LogicalOr: *Int32*");
        new Action(() => _ = number ^ a).Should().Throw<DTypeException>().WithMessage("LogicalXor: *Int32*");
        new Action(() => _ = !number).Should().Throw<DTypeException>().WithMessage("LogicalNot: *Int32*");
    }

    [Fact]
    public void AllClose_HoldsWhereEveryElementIsClose()
    {
        Tensor a = Tensor.From([1.0, 1e10, Infinity, NaN]);
        Tensor b = Tensor.From([1 + 1e-6, 1e10 + 1, Infinity, NaN]);
        a.IsClose(b).ToArray<bool>().Should().Equal(true, true, true, false);
        a.AllClose(b).Should().BeFalse();
        a.AllClose(b, equalNaN: true).Should().BeTrue();
        a.AllClose(b, relativeTolerance: 0, equalNaN: true).Should().BeFalse();
        a.AllClose(-a, equalNaN: true).Should().BeFalse();
        a.AllClose(-a, relativeTolerance: Infinity, equalNaN: true).Should().BeFalse("an infinite difference is never close");
        Tensor.Zeros([0]).AllClose(Tensor.Zeros([0])).Should().BeTrue();
        Tensor.From([100, 200]).AllClose(Tensor.From([100, 201]), relativeTolerance: 0.01).Should().BeTrue();
        new Action(() => a.IsClose(b, relativeTolerance: -1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("IsClose: relativeTolerance is -1*");
    }

    [Theory]
    [InlineData(1e-30)]
    [InlineData(-1e-10)]
    [InlineData(1e-5)]
    [InlineData(0.01)]
    public void FunctionsOddAt0_OfSmallNumbers_KeepTheirDigits(double x)
    {
        // Series, of which the next term is nothing.
        double square = x * x;
        double even = 1 + square / 6 + square * square / 120;
        double odd = 1 + square / 12 + square * square / 360;
        Near(Tensor.FromScalar(x).ExpM1(), x * (even + x / 2 * odd));
        Near(Tensor.FromScalar(x).Sinh(), x * even);
        Near(Tensor.FromScalar(x).Asinh(), x * (1 - square / 6 + 3 * square * square / 40 - 15 * square * square * square / 336));
        Near(Tensor.FromScalar(x).Atanh(), x * (1 + square / 3 + square * square / 5 + square * square * square / 7));
    }

    [Theory]
    [InlineData(26, 5.6631924088561433e-296)]
    [InlineData(10, 2.0884875837625448e-45)]
    [InlineData(5, 1.5374597944280349e-12)]
    [InlineData(-5, 1.9999999999984625)]
    public void Erfc_FarOut_KeepsItsDigits(double x, double expected) => Near(Tensor.FromScalar(x).Erfc(), expected);

    private static void Near(Tensor actual, double expected) =>
        Comparison.Difference([expected], HostValues.ToDoubles(actual), Tolerances.Value(DType.Float64, isElementwise: true, [expected]))
            .Should().BeNull();
}
