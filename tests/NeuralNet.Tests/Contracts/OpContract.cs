using NeuralNet.Testing;
using static NeuralNet.Testing.DeviceContract;

namespace NeuralNet.Tests.Contracts;

/// <summary>What every operation promises, and what is made of some, checked for each line of <see cref="OpCases"/>.</summary>
public sealed class OpContract
{
    private static readonly Device s_device = Devices.Of(CpuOptions.WidestInstructionSet, 2);
    private static readonly DType[] s_floatingPoint = [DType.Float32, DType.Float64];

    public static TheoryData<string> All => Names(_ => true);

    public static TheoryData<string> Differentiable => Names(opCase => opCase.IsDifferentiable && !opCase.IsLarge);

    public static TheoryData<string> OnMeta => Names(opCase => opCase.RunsOnMeta && !opCase.IsLarge);

    public static TheoryData<string> Large => Names(opCase => opCase.IsLarge);

    public static TheoryData<string> Arrangeable => Names(opCase => opCase.Operands.Any(operand => operand.Length > 1));

    public static TheoryData<string> WithSpecialValues => Names(opCase => opCase.IsLocal && !opCase.IsLarge);

    public static TheoryData<string> OfOtherDTypes => Names(opCase => opCase.Accepts != Accepts.Floating);

    public static TheoryData<string> OfRejectedDTypes => Names(opCase => Rejected(opCase).Length > 0 && opCase.RunsOnMeta && opCase.NamesErrors);

    public static TheoryData<string> OfSeveralOperands => Names(opCase =>
        opCase.NamesErrors && opCase.Operands.Count(operand => operand.DType is null) > 1);

    /// <summary>Where the last operand, made larger, neither fits nor broadcasts.</summary>
    public static TheoryData<string> OfOperandsThatMustFit => Names(opCase =>
        opCase.MustFit
        && opCase.Operands[^1] is { Sizes: [.., > 1], DType: null } or { Sizes: [.., _, > 1] }
        && opCase.Operands.SkipLast(1).Any(operand => operand is { DType: null, Sizes: [.., > 1] }));

    [Theory]
    [MemberData(nameof(All))]
    public void Value_OnEveryInstructionSet_IsTheReference(string name)
    {
        OpCase opCase = OpCases.Named(name);
        foreach (DType dtype in s_floatingPoint)
        {
            RefArray[] values = opCase.Draw(dtype);
            RefArray expected = opCase.Reference(values);
            foreach (InstructionSet instructionSet in Devices.InstructionSets)
            {
                CaseResult actual = CaseRunner.RunForward(opCase, Devices.Of(instructionSet, 1), dtype, values);
                actual.Shape.Should().Equal(expected.Sizes.Select(size => (long)size));
                Difference(expected.Values, actual, opCase).Should().BeNull($"{dtype} on {instructionSet} follows the reference");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Gradients_InDouble_AreCentralDifferences(string name)
    {
        OpCase opCase = OpCases.Named(name);
        Tensor[] inputs = CaseRunner.Inputs(opCase, s_device, DType.Float64, opCase.Draw(DType.Float64));
        Action check = () => GradientCheck.Verify(opCase.Function, inputs, order: 2, opCase.Step, Tolerances.CentralDifference);
        check.Should().NotThrow();
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void SecondGradients_ThatAreRecorded_AreThoseThatAreNot(string name)
    {
        OpCase opCase = OpCases.Named(name);
        Tensor[] inputs = CaseRunner.Inputs(opCase, s_device, DType.Float64, opCase.Draw(DType.Float64));
        Tensor[] targets = [.. inputs.Where(CaseRunner.IsFloatingPoint).Select(x => x.RequireGrad())];
        Tensor y = opCase.Function(inputs);
        // Squares, so that the gradients that are differentiated depend on the inputs in every way.
        Tensor[] first = Gradients.Of(y * y, targets, CaseRunner.Weights(y), createGraph: true);
        Tensor sum = first.Select(gradient => (gradient * gradient).Sum()).Aggregate((a, b) => a + b);
        if (!sum.RequiresGrad)
            return;
        Tensor[] expected = Gradients.Of(sum, targets, retainGraph: true);
        Tensor[] actual = Gradients.Of(sum, targets, createGraph: true);
        for (int i = 0; i < targets.Length; i++)
        {
            double[] values = HostValues.ToDoubles(expected[i]);
            Comparison.Difference(values, HostValues.ToDoubles(actual[i]), new Tolerance(1e-9, values.Select(Math.Abs).Append(1).Max())).Should().BeNull();
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void FloatGradients_OnEveryInstructionSet_AreTheDoubleOnes(string name)
    {
        OpCase opCase = OpCases.Named(name);
        RefArray[] values = opCase.Draw(DType.Float32);
        double[][] expected = CaseRunner.Run(opCase, s_device, DType.Float64, values).Gradients;
        foreach (InstructionSet instructionSet in Devices.InstructionSets)
        {
            double[][] actual = CaseRunner.Run(opCase, Devices.Of(instructionSet, 1), DType.Float32, values).Gradients;
            Difference(expected, actual, opCase).Should().BeNull($"gradients on {instructionSet} are the double ones");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Bits_OnAnyNumberOfThreads_AreTheSame(string name)
    {
        OpCase opCase = OpCases.Named(name);
        RefArray[] values = opCase.Draw(DType.Float32);
        foreach (InstructionSet instructionSet in Devices.InstructionSets)
        {
            CaseResult expected = CaseRunner.Run(opCase, Devices.Of(instructionSet, 1), DType.Float32, values);
            foreach (int threads in Devices.Threads.Skip(1))
            {
                CaseResult actual = CaseRunner.Run(opCase, Devices.Of(instructionSet, threads), DType.Float32, values);
                AreSameBits(actual, expected).Should().BeTrue($"{threads} threads on {instructionSet} give the bits of one");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Arrangeable))]
    public void Result_OfInputsOfAnyLayout_IsThatOfContiguousOnes(string name)
    {
        OpCase opCase = OpCases.Named(name);
        RefArray[] values = opCase.Draw(DType.Float32);
        RefArray[] repeated = [.. values.Select(Arrangements.RepeatFirst)];
        RefArray expected = opCase.Reference(values);
        RefArray expectedRepeated = opCase.Reference(repeated);
        foreach (InstructionSet instructionSet in opCase.IsLarge ? [CpuOptions.WidestInstructionSet] : Devices.InstructionSets)
        {
            Device device = Devices.Of(instructionSet, 2);
            double[][] gradients = CaseRunner.Run(opCase, device, DType.Float32, values).Gradients;
            double[][] gradientsRepeated = CaseRunner.Run(opCase, device, DType.Float32, repeated).Gradients;
            foreach (Arrangement arrangement in Enum.GetValues<Arrangement>().Except([Arrangement.Contiguous]))
            {
                bool isRepeated = arrangement == Arrangement.Expanded;
                CaseResult actual = CaseRunner.Run(opCase, device, DType.Float32, isRepeated ? repeated : values, arrangement);
                Difference((isRepeated ? expectedRepeated : expected).Values, actual, opCase)
                    .Should().BeNull($"{arrangement} inputs on {instructionSet} give the reference too");
                Difference(isRepeated ? gradientsRepeated : gradients, actual.Gradients, opCase)
                    .Should().BeNull($"{arrangement} inputs on {instructionSet} do not change gradients");
            }
        }
    }

    [Theory]
    [MemberData(nameof(OfOtherDTypes))]
    public void Value_OfEveryOtherDTypeTaken_IsTheReference(string name)
    {
        OpCase opCase = OpCases.Named(name);
        foreach (DType dtype in DTypes(opCase.Accepts))
        {
            RefArray[] values = opCase.Draw(dtype);
            CaseResult actual = CaseRunner.RunForward(opCase, s_device, dtype, values);
            RefArray expected = opCase.Reference(values).Map(x => HostValues.Wrap(x, actual.DType));
            Difference(expected.Values, actual, opCase).Should().BeNull($"{dtype} follows the reference");
        }
    }

    [Theory]
    [MemberData(nameof(WithSpecialValues))]
    public void Value_OfSpecialNumbers_IsTheReference(string name)
    {
        OpCase opCase = OpCases.Named(name);
        foreach (DType dtype in s_floatingPoint)
        {
            RefArray[] values = SpecialValues.Of(opCase, dtype);
            foreach (InstructionSet instructionSet in Devices.InstructionSets)
            {
                Device device = Devices.Of(instructionSet, 1);
                Tensor y = opCase.Function(CaseRunner.Inputs(opCase, device, dtype, values));
                double[] expected = opCase.Reference(values).Map(x => HostValues.Round(x, y.DType)).Values;
                Tolerance tolerance = Tolerances.Value(y.DType, isElementwise: true, expected);
                Comparison.Difference(expected, HostValues.ToDoubles(y), tolerance, signOfZero: true)
                    .Should().BeNull($"special numbers of {dtype} on {instructionSet} follow the reference");
            }
        }
    }

    [Theory]
    [MemberData(nameof(OnMeta))]
    public void Meta_ShapeAndDType_AreThoseOfTheResult(string name)
    {
        OpCase opCase = OpCases.Named(name);
        foreach (DType dtype in s_floatingPoint)
        {
            RefArray[] values = opCase.Draw(dtype);
            Tensor expected = opCase.Function(CaseRunner.Inputs(opCase, s_device, dtype, values));
            Tensor actual = opCase.Function(CaseRunner.Inputs(opCase, Device.Meta, dtype, values));
            actual.Device.Should().BeSameAs(Device.Meta);
            actual.Shape.Should().Equal(expected.Shape);
            actual.DType.Should().Be(expected.DType);
        }
    }

    [Theory]
    [MemberData(nameof(WithSpecialValues))]
    public void Layout_OfTheResult_KeepsTheInputsOrder(string name)
    {
        OpCase opCase = OpCases.Named(name);
        Tensor[] inputs = CaseRunner.Inputs(opCase, s_device, DType.Float32, opCase.Draw(DType.Float32), Arrangement.Transposed);
        opCase.Function(inputs).Strides.ToArray().Should().Equal(inputs[^1].Strides.ToArray());
    }

    [Theory]
    [MemberData(nameof(Large))]
    public void LiveBytes_AfterAScope_AreThoseBeforeIt(string name)
    {
        OpCase opCase = OpCases.Named(name);
        Device device = Device.CreateCpu(new CpuOptions { Threads = 2 });
        RefArray[] values = opCase.Draw(DType.Float32);
        long during;
        using (new TensorScope())
        {
            CaseRunner.Run(opCase, device, DType.Float32, values);
            during = device.MemoryStatistics.LiveBytes;
        }
        during.Should().BePositive("inputs of this size are pooled");
        device.MemoryStatistics.LiveBytes.Should().Be(0, "the scope made all tensors on this device");
    }

    [Theory]
    [MemberData(nameof(OfRejectedDTypes))]
    public void Call_WithADTypeNotTaken_NamesTheOp(string name)
    {
        OpCase opCase = OpCases.Named(name);
        foreach (DType dtype in Rejected(opCase))
        {
            Tensor[] inputs = [.. opCase.Operands.Select(operand => Tensor.Zeros(operand.Shape, operand.DType ?? dtype, Device.Meta))];
            Action call = () => opCase.Function(inputs);
            call.Should().Throw<DTypeException>($"{dtype} is not taken").Which.Message.Should().StartWith($"{opCase.Op}: ");
        }
    }

    [Theory]
    [MemberData(nameof(OfSeveralOperands))]
    public void Call_WithMixedDTypes_NamesTheOp(string name)
    {
        OpCase opCase = OpCases.Named(name);
        Tensor[] inputs = [.. opCase.Operands.Select(operand => Tensor.Zeros(operand.Shape, operand.DType ?? DType.Float32, Device.Meta))];
        inputs[^1] = inputs[^1].Cast(DType.Float64);
        Action call = () => opCase.Function(inputs);
        call.Should().Throw<DTypeException>().Which.Message.Should().StartWith($"{opCase.Op}: ");
    }

    [Theory]
    [MemberData(nameof(OfOperandsThatMustFit))]
    public void Call_WithShapesThatDoNotFit_NamesTheOp(string name)
    {
        OpCase opCase = OpCases.Named(name);
        Tensor[] inputs = [.. opCase.Operands.Select(operand => Tensor.Zeros(operand.Shape, operand.DType ?? DType.Float32, Device.Meta))];
        inputs[^1] = Tensor.Zeros(new Shape([.. opCase.Operands[^1].Sizes.Select(size => size + 2L)]), inputs[^1].DType, Device.Meta);
        Action call = () => opCase.Function(inputs);
        call.Should().Throw<ShapeException>().Which.Message.Should().StartWith($"{opCase.Op}: ");
    }

    private static TheoryData<string> Names(Func<OpCase, bool> predicate) =>
        [.. OpCases.All.Concat(OpCases.Compositions).Where(predicate).Select(opCase => opCase.Name)];

    private static DType[] Rejected(OpCase opCase) =>
        [.. Enum.GetValues<DType>().Except([.. s_floatingPoint, .. DTypes(opCase.Accepts)])];
}
