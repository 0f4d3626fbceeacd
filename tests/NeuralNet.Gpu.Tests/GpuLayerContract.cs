using NeuralNet.Testing;

namespace NeuralNet.Gpu.Tests;

/// <summary>What every layer promises, on a GPU.</summary>
public sealed class GpuLayerContract
{
    public static TheoryData<string> Cases => [.. LayerCases.All.Select(layerCase => layerCase.Name)];

    [GpuTheory]
    [MemberData(nameof(Cases))]
    public void ForwardAndBackward_InFloat_AreThoseOfTheProcessor(string name) =>
        DeviceContract.Layer(LayerCases.Named(name), TestedDevice.Device, DType.Float32).Should().BeNull();

    [GpuTheory]
    [MemberData(nameof(Cases))]
    public void ForwardAndBackward_InDouble_AreThoseOfTheProcessor(string name) =>
        DeviceContract.Layer(LayerCases.Named(name), TestedDevice.Device, DType.Float64).Should().BeNull();
}
