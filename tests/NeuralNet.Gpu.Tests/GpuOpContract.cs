using NeuralNet.Testing;

namespace NeuralNet.Gpu.Tests;

/// <summary>What every operation promises, on a GPU.</summary>
/// <typeparam name="THalf">Which of the operations.</typeparam>
public abstract class GpuOpContract<THalf>
    where THalf : IContractHalf
{
    public static TheoryData<string> All => Names(_ => true);

    public static TheoryData<string> Differentiable => Names(opCase => opCase.IsDifferentiable);

    public static TheoryData<string> Arrangeable => Names(opCase => opCase.Operands.Any(operand => operand.Length > 1));

    public static TheoryData<string> WithSpecialValues => Names(opCase => opCase.IsLocal && !opCase.IsLarge);

    public static TheoryData<string> OfOtherDTypes => Names(opCase => opCase.Accepts != Accepts.Floating);

    [GpuTheory]
    [MemberData(nameof(All))]
    public void Value_InFloatAndDouble_IsTheReference(string name) => THalf.Run(ContractCheck.Value, name).Should().BeNull();

    [GpuTheory]
    [MemberData(nameof(OfOtherDTypes))]
    public void Value_OfEveryOtherDTypeTaken_IsTheReference(string name) => THalf.Run(ContractCheck.ValueOfOtherDTypes, name).Should().BeNull();

    [GpuTheory]
    [MemberData(nameof(WithSpecialValues))]
    public void Value_OfSpecialNumbers_IsTheReference(string name) => THalf.Run(ContractCheck.SpecialValue, name).Should().BeNull();

    [GpuTheory]
    [MemberData(nameof(Differentiable))]
    public void Gradients_InFloat_AreThoseOfTheProcessorInDouble(string name) => THalf.Run(ContractCheck.Gradients, name).Should().BeNull();

    [GpuTheory]
    [MemberData(nameof(Arrangeable))]
    public void Result_OfInputsOfAnyLayout_IsThatOfContiguousOnes(string name) => THalf.Run(ContractCheck.AnyLayout, name).Should().BeNull();

    [GpuTheory]
    [MemberData(nameof(All))]
    public void Bits_OfTwoRuns_AreTheSame(string name) => THalf.Run(ContractCheck.Repetition, name).Should().BeNull();

    private static TheoryData<string> Names(Func<OpCase, bool> predicate) =>
    [
        .. OpCases.All.Concat(OpCases.Compositions).Where(predicate).Select(opCase => opCase.Name).Where(name => THalf.Has(name.Split('.')[0])),
    ];
}

/// <inheritdoc/>
public sealed class GpuOpContract1 : GpuOpContract<FirstHalf>;

/// <inheritdoc/>
[Collection(SecondProcess.Collection)]
public sealed class GpuOpContract2 : GpuOpContract<SecondHalf>;
