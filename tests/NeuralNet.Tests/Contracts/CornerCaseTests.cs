using NeuralNet.Testing;

namespace NeuralNet.Tests.Contracts;

/// <summary>Values and gradients at kinks, poles and ties, which central differences cannot tell. They are PyTorch's.</summary>
public sealed class CornerCaseTests
{
    private const double Infinity = double.PositiveInfinity;
    private const double NaN = double.NaN;

    public static TheoryData<DType> FloatingPoint => [DType.Float32, DType.Float64];

    [Theory]
    [InlineData(0, 0, 1, 0, 0)]
    [InlineData(0, 2, 0, 0, 0)]
    [InlineData(0, 1, 0, 1, 0)]
    [InlineData(0, 0.5, 0, Infinity, 0)]
    [InlineData(0, -1, Infinity, -Infinity, -Infinity)]
    [InlineData(-0.0, -1, -Infinity, -Infinity, Infinity)]
    [InlineData(-2, 2, 4, -4, NaN)]
    [InlineData(-2, 3, -8, 12, NaN)]
    [InlineData(-2, -1, -0.5, -0.25, NaN)]
    [InlineData(-2, 0, 1, 0, NaN)]
    [InlineData(-2, 0.5, NaN, NaN, NaN)]
    [InlineData(NaN, 0, 1, 0, NaN)]
    [InlineData(1, NaN, 1, NaN, 0)]
    [InlineData(Infinity, 0, 1, 0, Infinity)]
    public void Pow_AtCorners_HasThisValueAndTheseGradients(double x, double p, double value, double baseGradient, double exponentGradient)
    {
        Tensor a = Tensor.FromScalar(x).RequireGrad();
        Tensor b = Tensor.FromScalar(p).RequireGrad();
        Tensor y = a.Pow(b);
        Tensor[] gradients = Gradients.Of(y, [a, b]);
        y.Item<double>().Should().Be(value);
        gradients[0].Item<double>().Should().Be(baseGradient);
        gradients[1].Item<double>().Should().Be(exponentGradient);
    }

    [Fact]
    public void Pow_SquareAt0_HasSecondGradientTwo()
    {
        Tensor x = Tensor.FromScalar(0.0).RequireGrad();
        Tensor first = Gradients.Of(x.Pow(2), x, createGraph: true);
        Gradients.Of(first, x).Item<double>().Should().Be(2);
    }

    [Theory]
    [MemberData(nameof(FloatingPoint))]
    public void Where_NaNInTheBranchNotTaken_TouchesNeitherValueNorGradients(DType dtype)
    {
        // √x and ln x have no finite gradient at −1 and 0, where the condition takes the other branch.
        Tensor x = Tensor.From([-1.0, 0, 4]).Cast(dtype).Detach().RequireGrad();
        Tensor y = Tensor.Where(x > 0, x * x, x.Sqrt() * NaN);
        HostValues.ToDoubles(Tensor.Where(x > 0, x.Detach().Sqrt(), x)).Should().Equal(-1, 0, 2);
        HostValues.ToDoubles(y)[2].Should().Be(16);
        Tensor other = Tensor.From([NaN, NaN, NaN]).Cast(dtype).Detach().RequireGrad();
        Tensor taken = Tensor.Where(x > -2, x * x, other * other);
        HostValues.ToDoubles(taken).Should().Equal(1, 0, 16);
        Tensor[] gradients = Gradients.Of(taken.Sum(), [x, other], createGraph: true);
        HostValues.ToDoubles(gradients[0]).Should().Equal(-2, 0, 8);
        HostValues.ToDoubles(Gradients.Of(gradients[0].Sum(), x)).Should().Equal(2, 2, 2);
    }

    [Theory]
    [MemberData(nameof(FloatingPoint))]
    public void Where_NaNSelectedAgainst_HasZeroGradientForIt(DType dtype)
    {
        Tensor a = Tensor.From([1.0, NaN]).Cast(dtype).Detach().RequireGrad();
        Tensor b = Tensor.From([NaN, 2.0]).Cast(dtype).Detach().RequireGrad();
        Tensor y = Tensor.Where(Tensor.From([true, false]), a, b);
        HostValues.ToDoubles(y).Should().Equal(1, 2);
        Tensor[] gradients = Gradients.Of(y.Sum(), [a, b]);
        HostValues.ToDoubles(gradients[0]).Should().Equal(1, 0);
        HostValues.ToDoubles(gradients[1]).Should().Equal(0, 1);
    }

    [Theory]
    [MemberData(nameof(FloatingPoint))]
    public void SoftmaxFamily_OfARowOfMinusInfinity_IsPyTorchs(DType dtype)
    {
        Tensor x = Tensor.Full([2, 5], -Infinity, dtype);
        HostValues.ToDoubles(x.LogSumExp(1)).Should().Equal(-Infinity, -Infinity);
        HostValues.ToDoubles(x.Softmax(1)).Should().OnlyContain(y => double.IsNaN(y));
        HostValues.ToDoubles(x.LogSoftmax(1)).Should().OnlyContain(y => double.IsNaN(y));
    }

    [Theory]
    [MemberData(nameof(FloatingPoint))]
    public void SoftmaxFamily_OfSomeMinusInfinity_LeavesItOut(DType dtype)
    {
        Tensor x = Tensor.From([0.0, -Infinity, 0]).Cast(dtype);
        HostValues.ToDoubles(x.Softmax(0)).Should().Equal(0.5, 0, 0.5);
        HostValues.ToDoubles(x.LogSoftmax(0))[1].Should().Be(-Infinity);
        double[] expected = [Math.Log(2)];
        Tolerance tolerance = Tolerances.Value(dtype, isElementwise: true, expected);
        Comparison.Difference(expected, HostValues.ToDoubles(x.LogSumExp(0)), tolerance).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(FloatingPoint))]
    public void SoftmaxFamily_OfLargeNumbers_DoesNotOverflow(DType dtype)
    {
        Tensor x = Tensor.From([1e30, 1e30, -1e30]).Cast(dtype);
        HostValues.ToDoubles(x.Softmax(0)).Should().Equal(0.5, 0.5, 0);
        HostValues.ToDoubles(x.LogSumExp(0))[0].Should().Be(HostValues.Round(1e30, dtype));
    }

    [Fact]
    public void LogSumExp_OfInfinity_IsInfinity() => Tensor.From([1.0, Infinity]).LogSumExp(0).Item<double>().Should().Be(Infinity);

    [Fact]
    public void Max_OfEquals_SharesTheGradient()
    {
        Tensor x = Tensor.From(new[,] { { 1.0, 3, 3 }, { 2, 2, 2 } }).RequireGrad();
        Gradients.Of(x.Max(1).Sum(), x).ToArray<double>().Should().Equal(0, 0.5, 0.5, 1 / 3.0, 1 / 3.0, 1 / 3.0);
        Gradients.Of(x.Max(), x).ToArray<double>().Should().Equal(0, 0.5, 0.5, 0, 0, 0);
    }

    [Fact]
    public void Maximum_OfEquals_SharesTheGradient()
    {
        Tensor a = Tensor.From([1.0, 2, 3]).RequireGrad();
        Tensor b = Tensor.From([1.0, 3, 2]).RequireGrad();
        Tensor[] gradients = Gradients.Of(a.Maximum(b).Sum(), [a, b]);
        gradients[0].ToArray<double>().Should().Equal(0.5, 0, 1);
        gradients[1].ToArray<double>().Should().Equal(0.5, 1, 0);
    }

    [Theory]
    [InlineData("Abs", 0)]
    [InlineData("Relu", 0)]
    [InlineData("Sign", 0)]
    [InlineData("Sqrt", Infinity)]
    [InlineData("Log", Infinity)]
    public void Gradient_AtZero_IsPyTorchs(string op, double gradient)
    {
        Tensor x = Tensor.FromScalar(0.0).RequireGrad();
        Tensor y = OpCases.Named($"{op}.scalar").Function([x]);
        Gradients.Of(y, x).Item<double>().Should().Be(gradient);
    }

    [Theory]
    [MemberData(nameof(FloatingPoint))]
    public void NaN_AnywhereInARow_IsFoundByMaxAndArgMax(DType dtype)
    {
        foreach (InstructionSet instructionSet in Devices.InstructionSets)
        {
            Device device = Devices.Of(instructionSet, 1);
            for (int position = 0; position < 67; position++)
            {
                double[] row = [.. Enumerable.Range(0, 67).Select(i => i == position ? NaN : i)];
                Tensor x = HostValues.ToTensor(new([67], row), dtype, device);
                HostValues.ToDoubles(x.Max())[0].Should().Be(NaN, $"position {position} on {instructionSet}");
                x.ArgMax().Item<long>().Should().Be(position);
                HostValues.ToDoubles(x.Reshape(67, 1).Max(0))[0].Should().Be(NaN);
            }
        }
    }

    [Theory]
    [MemberData(nameof(FloatingPoint))]
    public void NaN_Everywhere_StaysNaN(DType dtype)
    {
        Tensor nan = Tensor.Full([37], NaN, dtype);
        Tensor one = Tensor.Ones([37], dtype);
        foreach (Tensor y in new[] { nan.Relu(), nan.Maximum(one), one.Maximum(nan), nan.Sign(), nan.Abs(), nan.Sigmoid(), nan.Tanh() })
            HostValues.ToDoubles(y).Should().OnlyContain(element => double.IsNaN(element));
    }

    [Fact]
    public void Max_OfNoElements_Throws()
    {
        Tensor empty = Tensor.Zeros(0, 3);
        foreach (Action call in new Action[] { () => empty.Max(), () => empty.Max(0), () => empty.Max([0, 1]) })
            call.Should().Throw<InvalidOperationException>().WithMessage("Max: *[0, 3]*");
    }

    [Fact]
    public void ArgMax_OfNoElements_Throws()
    {
        Tensor empty = Tensor.Zeros(0, 3);
        foreach (Action call in new Action[] { () => empty.ArgMax(), () => empty.ArgMax(0) })
            call.Should().Throw<InvalidOperationException>().WithMessage("ArgMax: *");
    }

    [Fact]
    public void Sum_OfTenMillionTenths_LosesLittle() => SumsTenths(Devices.Of(CpuOptions.WidestInstructionSet, 2), rows: 1_000_000);

    [Fact]
    public void Sum_OfAMillionTenthsOnEveryInstructionSet_LosesLittle()
    {
        foreach (InstructionSet instructionSet in Devices.InstructionSets)
            SumsTenths(Devices.Of(instructionSet, 2), rows: 100_000);
    }

    [Fact]
    public void Integers_ThatOverflow_WrapAround()
    {
        Tensor x = Tensor.From([int.MaxValue, int.MinValue]);
        (x + 1).ToArray<int>().Should().Equal(int.MinValue, int.MinValue + 1);
        (x * 2).ToArray<int>().Should().Equal(-2, 0);
        (-x).ToArray<int>().Should().Equal(-int.MaxValue, int.MinValue);
        x.Abs().ToArray<int>().Should().Equal(int.MaxValue, int.MinValue);
        x.Sum().Item<long>().Should().Be(-1, "sums of integers are of Int64");
        (Tensor.From([(byte)200]) + 100).ToArray<byte>().Should().Equal(44);
    }

    [Fact]
    public void Cast_OfSpecialNumbers_KeepsOrRoundsThem()
    {
        Tensor x = Tensor.From([NaN, Infinity, -Infinity, -0.0, 1e300, 70000, 1e-40]);
        HostValues.ToDoubles(x.Cast(DType.Float32)).Should().Equal(NaN, Infinity, -Infinity, -0.0, Infinity, 70000, 1e-40f);
        HostValues.ToDoubles(x.Cast(DType.Float16)).Should().Equal(NaN, Infinity, -Infinity, -0.0, Infinity, Infinity, 0);
        HostValues.ToDoubles(x.Cast(DType.BFloat16))[..5].Should().Equal(NaN, Infinity, -Infinity, -0.0, Infinity);
        x.Cast(DType.Bool).ToArray<bool>().Should().Equal(true, true, true, false, true, true, true);
    }

    [Fact]
    public void Cast_Gradient_IsCastBack()
    {
        Tensor x = Tensor.From([1.5, 2.5]).RequireGrad();
        Tensor gradient = Gradients.Of((x.Cast(DType.Float32) * 3).Sum(), x);
        gradient.DType.Should().Be(DType.Float64);
        gradient.ToArray<double>().Should().Equal(3, 3);
        x.Cast(DType.Int64).RequiresGrad.Should().BeFalse("no gradient flows through integers");
    }

    [Fact]
    public void To_Meta_KeepsShapeAndDType()
    {
        Tensor y = Tensor.Zeros([2, 3], DType.Float64).To(Device.Meta);
        y.Device.Should().BeSameAs(Device.Meta);
        y.Shape.Should().Equal(2, 3);
        y.DType.Should().Be(DType.Float64);
    }

    [Fact]
    public void To_OtherDevice_BringsTheGradientBack()
    {
        Tensor x = Tensor.From([1.0, 2]).RequireGrad();
        Tensor y = x.To(Devices.Other) * 3;
        y.Device.Should().BeSameAs(Devices.Other);
        Tensor gradient = Gradients.Of(y.Sum(), x);
        gradient.Device.Should().BeSameAs(Device.Cpu);
        gradient.ToArray<double>().Should().Equal(3, 3);
    }

    [Fact]
    public void Linear_WithRelu_HasTheBitsOfThePair()
    {
        foreach (InstructionSet instructionSet in Devices.InstructionSets)
        {
            Device device = Devices.Of(instructionSet, 2);
            OpCase opCase = OpCases.Named("Linear.large, relu");
            Tensor[] inputs = CaseRunner.Inputs(opCase, device, DType.Float32, opCase.Draw(DType.Float32));
            opCase.Function(inputs).ToArray<float>().Should().Equal(inputs[0].Linear(inputs[1], inputs[2]).Relu().ToArray<float>());
        }
    }

    /// <summary>Adds up rows of ten, all at once and column by column.</summary>
    private static void SumsTenths(Device device, int rows)
    {
        using TensorScope scope = new();
        Tensor x = Tensor.Full([rows, 10], 0.1f, DType.Float32, device);
        double column = rows * (double)0.1f;
        double[] all = HostValues.ToDoubles(x.Sum());
        double[] columns = HostValues.ToDoubles(x.Sum(0));
        Comparison.Difference([10 * column], all, Tolerances.LongSum).Should().BeNull("all elements are added pairwise");
        Comparison.Difference([column], columns[..1], Tolerances.LongSum).Should().BeNull("columns are added pairwise");
    }
}
