namespace NeuralNet.Tests;

public sealed class DTypeTests
{
    private static readonly Tensor s_floats = Tensor.From([1f, 2f]);
    private static readonly Tensor s_integers = Tensor.From([1, 2]);

    [Fact]
    public void Binary_MixedDTypes_ThrowsAndSaysCast()
    {
        Action[] calls = [() => _ = s_floats + s_integers, () => s_floats.MatMul(s_floats.Cast(DType.Float64)), () => s_integers.Greater(s_floats)];

        foreach (Action call in calls)
            call.Should().Throw<DTypeException>().WithMessage("*: dtypes * and * do not mix. Use b.Cast(DType.*) or a.Cast(DType.*).");
        calls[0].Should().Throw<DTypeException>().WithMessage("Add: dtypes Float32 and Int32 do not mix. Use b.Cast(DType.Float32) or a.Cast(DType.Int32).");
    }

    [Fact]
    public void Scalar_AnyDType_TakesTheTensors()
    {
        (s_integers + 1).DType.Should().Be(DType.Int32);
        (s_integers * 2.0).ToArray<int>().Should().Equal(2, 4);
        (2 - s_floats.Cast(DType.Float64)).DType.Should().Be(DType.Float64);
        (s_floats * 0.1).ToArray<float>().Should().Equal(0.1f, 0.2f);
    }

    [Fact]
    public void Scalar_FractionOnIntegers_Throws() =>
        FluentActions.Invoking(() => s_integers * 0.5).Should().Throw<DTypeException>()
            .WithMessage("Scalar: the number 0.5 for a tensor of Int32, which holds no fractions. Use Cast(DType.Float32) first, or a whole number.");

    [Fact]
    public void Scalar_TooLargeForTheDType_Throws() =>
        FluentActions.Invoking(() => s_integers + (1L << 40)).Should().Throw<DTypeException>().WithMessage("Scalar: the number 1099511627776 for a tensor of Int32, which holds -2147483648 to 2147483647.*");

    [Fact]
    public void Scalar_ToString_IsInvariant()
    {
        ((Scalar)1.5).ToString().Should().Be("1.5");
        ((Scalar)7L).ToString().Should().Be("7");
        ((Scalar)true).ToString().Should().Be("1");
        default(Scalar).ToString().Should().Be("0");
    }

    [Fact]
    public void Comparison_AnyDType_GivesBool()
    {
        (s_floats > 1).DType.Should().Be(DType.Bool);
        (s_integers >= 2).ToArray<bool>().Should().Equal(false, true);
        s_integers.Equal(s_integers).ToArray<bool>().Should().Equal(true, true);
        Tensor.From([true, false]).Equal(Tensor.From([true, true])).ToArray<bool>().Should().Equal(true, false);
    }

    [Fact]
    public void Sum_BoolAndIntegers_GivesInt64()
    {
        Tensor.From([true, true, false]).Sum().Item<long>().Should().Be(2);
        Tensor.From([byte.MaxValue, byte.MaxValue]).Sum().Item<long>().Should().Be(510);
        Tensor.From([int.MaxValue, int.MaxValue]).Sum().Item<long>().Should().Be(2L * int.MaxValue);
        s_floats.Sum().DType.Should().Be(DType.Float32);
    }

    [Fact]
    public void FloatingOps_OnIntegers_ThrowAndSayCast()
    {
        Action[] calls = [() => s_integers.Exp(), () => _ = s_integers / 2, () => s_integers.Mean(), () => s_integers.Softmax(0), () => s_integers.MatMul(s_integers)];

        foreach (Action call in calls)
            call.Should().Throw<DTypeException>().WithMessage("*: a tensor of Int32; Float32 or Float64 is needed. Use x.Cast(DType.Float32).");
    }

    [Theory]
    [InlineData(DType.Bool)]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void Arithmetic_BoolOrStorageDType_ThrowsAndSaysCast(DType dtype)
    {
        Tensor x = Tensor.Ones([2], dtype);

        FluentActions.Invoking(() => x + x).Should().Throw<DTypeException>().WithMessage($"Add: a tensor of {dtype}, which is no dtype to compute in. Use x.Cast(DType.Float32).");
        FluentActions.Invoking(() => x.Relu()).Should().Throw<DTypeException>().WithMessage($"Relu: a tensor of {dtype}*");
    }

    [Fact]
    public void Cast_ToIntegers_CutsTowardsZero()
    {
        Tensor x = Tensor.From([1.9, -1.9, 0.5]);

        x.Cast(DType.Int32).ToArray<int>().Should().Equal(1, -1, 0);
        x.Cast(DType.Int64).ToArray<long>().Should().Equal(1, -1, 0);
        Tensor.From([200.7f]).Cast(DType.UInt8).ToArray<byte>().Should().Equal(200);
    }

    [Fact]
    public void Cast_ToBool_IsWhetherNotZero() =>
        Tensor.From([0.0, -0.0, 0.25, double.NaN, -3]).Cast(DType.Bool).ToArray<bool>().Should().Equal(false, false, true, true, true);

    [Fact]
    public void Cast_FromBool_IsZeroOrOne() =>
        Tensor.From([true, false]).Cast(DType.Float32).ToArray<float>().Should().Equal(1, 0);

    [Fact]
    public void Cast_SameDType_IsTheTensor() => s_floats.Cast(DType.Float32).Should().BeSameAs(s_floats);

    [Fact]
    public void Cast_EveryPairOfDTypes_KeepsSmallIntegers()
    {
        foreach (DType from in Enum.GetValues<DType>())
        {
            foreach (DType to in Enum.GetValues<DType>())
                Tensor.From([0, 1]).Cast(from).Cast(to).Cast(DType.Int32).ToArray<int>().Should().Equal([0, 1], $"{from} to {to}");
        }
    }

    [Fact]
    public void Cast_Gradient_FlowsBackInTheInputsDType()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();

        (x.Cast(DType.Float64) * 3).Sum().Backward();

        x.Grad!.DType.Should().Be(DType.Float32);
        x.Grad.ToArray<float>().Should().Equal(3, 3);
        x.Cast(DType.Int32).RequiresGrad.Should().BeFalse();
    }

    [Fact]
    public void Where_ConditionOfNumbers_Throws() =>
        FluentActions.Invoking(() => Tensor.Where(s_floats, s_floats, 0)).Should().Throw<DTypeException>().WithMessage("Where: the condition is a tensor of Float32; Bool is needed.*");

    [Fact]
    public void Gather_IndexDTypes_Int64OrInt32()
    {
        s_floats.Gather(0, Tensor.From([1, 0])).ToArray<float>().Should().Equal(2, 1);
        s_floats.Gather(0, Tensor.From([1L, 0L])).ToArray<float>().Should().Equal(2, 1);
        FluentActions.Invoking(() => s_floats.Gather(0, s_floats)).Should().Throw<DTypeException>().WithMessage("Gather: indices of Float32; Int64 or Int32 is needed. Use index.Cast(DType.Int64).");
    }
}
