using NeuralNet.Testing;

namespace NeuralNet.Gpu.Tests;

/// <summary>What every layer promises, on a GPU.</summary>
/// <typeparam name="THalf">Which of the layers.</typeparam>
public abstract class GpuLayerContract<THalf>
    where THalf : IContractHalf
{
    public static TheoryData<string> Cases => [.. LayerCases.All.Select(layerCase => layerCase.Name).Where(name => THalf.Has(name.Split(',')[0]))];

    [GpuTheory]
    [MemberData(nameof(Cases))]
    public void ForwardAndBackward_InFloat_AreThoseOfTheProcessor(string name) => THalf.Run(ContractCheck.LayerInFloat, name).Should().BeNull();

    [GpuTheory]
    [MemberData(nameof(Cases))]
    public void ForwardAndBackward_InDouble_AreThoseOfTheProcessor(string name) => THalf.Run(ContractCheck.LayerInDouble, name).Should().BeNull();
}

/// <inheritdoc/>
public sealed class GpuLayerContract1 : GpuLayerContract<FirstHalf>;

/// <inheritdoc/>
[Collection(SecondProcess.Collection)]
public sealed class GpuLayerContract2 : GpuLayerContract<SecondHalf>;
