namespace NeuralNet.Gpu.Tests;

[Collection(SecondProcess.Collection)]
public sealed class SecondProcessTests
{
    [GpuFact]
    public void Run_OfACaseThatThrows_TellsTheException() =>
        SecondProcess.Run(ContractCheck.Value, "no such case").Should().Contain(nameof(KeyNotFoundException));

    [GpuFact]
    public void Run_AfterAFailure_GoesOn()
    {
        SecondProcess.Run(ContractCheck.Value, "no such case").Should().NotBeNull();
        SecondProcess.Run(ContractCheck.Value, Testing.OpCases.All[0].Name).Should().BeNull();
    }
}
