using NeuralNet.Testing;

namespace NeuralNet.Gpu.Tests;

/// <summary>What every operation promises, on a GPU.</summary>
public sealed class GpuOpContract
{
    public static TheoryData<string> All => Names(_ => true);

    public static TheoryData<string> Differentiable => Names(opCase => opCase.IsDifferentiable);

    public static TheoryData<string> Arrangeable => Names(opCase => opCase.Operands.Any(operand => operand.Length > 1));

    public static TheoryData<string> WithSpecialValues => Names(opCase => opCase.IsLocal && !opCase.IsLarge);

    public static TheoryData<string> OfOtherDTypes => Names(opCase => opCase.Accepts != Accepts.Floating);

    [GpuTheory]
    [MemberData(nameof(All))]
    public void Value_InFloatAndDouble_IsTheReference(string name)
    {
        DeviceContract.Value(OpCases.Named(name), TestedDevice.Device, DType.Float32).Should().BeNull();
        DeviceContract.Value(OpCases.Named(name), TestedDevice.Device, DType.Float64).Should().BeNull();
    }

    [GpuTheory]
    [MemberData(nameof(OfOtherDTypes))]
    public void Value_OfEveryOtherDTypeTaken_IsTheReference(string name)
    {
        OpCase opCase = OpCases.Named(name);
        foreach (DType dtype in DeviceContract.DTypes(opCase.Accepts))
            DeviceContract.Value(opCase, TestedDevice.Device, dtype).Should().BeNull($"{dtype} follows the reference");
    }

    [GpuTheory]
    [MemberData(nameof(WithSpecialValues))]
    public void Value_OfSpecialNumbers_IsTheReference(string name)
    {
        DeviceContract.SpecialValue(OpCases.Named(name), TestedDevice.Device, DType.Float32).Should().BeNull();
        DeviceContract.SpecialValue(OpCases.Named(name), TestedDevice.Device, DType.Float64).Should().BeNull();
    }

    [GpuTheory]
    [MemberData(nameof(Differentiable))]
    public void Gradients_InFloat_AreThoseOfTheProcessorInDouble(string name) =>
        DeviceContract.Gradients(OpCases.Named(name), TestedDevice.Device).Should().BeNull();

    [GpuTheory]
    [MemberData(nameof(Arrangeable))]
    public void Result_OfInputsOfAnyLayout_IsThatOfContiguousOnes(string name)
    {
        foreach (Arrangement arrangement in Enum.GetValues<Arrangement>().Except([Arrangement.Contiguous]))
        {
            DeviceContract.AnyLayout(OpCases.Named(name), TestedDevice.Device, arrangement)
                .Should().BeNull($"{arrangement} inputs change nothing");
        }
    }

    [GpuTheory]
    [MemberData(nameof(All))]
    public void Bits_OfTwoRuns_AreTheSame(string name) => DeviceContract.Repetition(OpCases.Named(name), TestedDevice.Device).Should().BeNull();

    private static TheoryData<string> Names(Func<OpCase, bool> predicate) =>
        [.. OpCases.All.Concat(OpCases.Compositions).Where(predicate).Select(opCase => opCase.Name)];
}
