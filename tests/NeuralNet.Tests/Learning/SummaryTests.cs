namespace NeuralNet.Tests.Learning;

public sealed class SummaryTests
{
    [Fact]
    public void ToString_OfClassifier_IsATable()
    {
        Sequential model = new(
            new Flatten(),
            new Dense(784, 128),
            new ReLU(),
            new Dropout(0.2),
            new Dense(128, 10, activation: new Tanh()));
        Lines(model.Summary([1, 1, 28, 28])).Should().Equal(
            "input [1, 1, 28, 28]",
            "layer         type     output    parameters",
            "───────────────────────────────────────────",
            "0             Flatten  [1, 784]           0",
            "1             Dense    [1, 128]     100,480",
            "2             ReLU     [1, 128]           0",
            "3             Dropout  [1, 128]           0",
            "4.activation  Tanh     [1, 10]            0",
            "4             Dense    [1, 10]        1,290",
            "101,770 parameters, 101,770 trainable");
    }

    [Fact]
    public void ToString_OfSingleLayer_ShowsIt() => Lines(new Dense(3, 2, bias: false).Summary([5, 3])).Should().Equal(
        "input [5, 3]",
        "layer  type   output  parameters",
        "────────────────────────────────",
        "—      Dense  [5, 2]           6",
        "6 parameters, 6 trainable");

    [Fact]
    public void Rows_OfModelWithParametersOfItsOwn_HoldThem()
    {
        ModuleSummary summary = new Scaled().Summary([2, 3]);
        summary.Rows.Select(row => (row.Name, row.ParameterCount)).Should().Equal(("dense", 9L), ("—", 3L));
        summary.ParameterCount.Should().Be(12);
    }

    [Fact]
    public void Summary_OfSharedLayer_CountsItOnce()
    {
        Dense shared = new(3, 3);
        ModuleSummary summary = new Sequential(shared, new Tanh(), shared).Summary([2, 3]);
        summary.ParameterCount.Should().Be(12);
        summary.Rows.Sum(row => row.ParameterCount).Should().Be(12);
    }

    [Fact]
    public void Summary_OfModelOnAnotherDeviceInTraining_RunsNothing()
    {
        RandomGenerator generator = new(1);
        Sequential model = new(new Dense(3, 3), new Dropout(0.5, generator), new ReLU());
        model.To(Testing.Devices.Other);
        long before = Testing.Devices.Other.MemoryStatistics.LiveBytes;
        model.Summary([1000, 3]).Rows[^1].Output.ToString().Should().Be("[1000, 3]");
        Testing.Devices.Other.MemoryStatistics.LiveBytes.Should().BeLessThanOrEqualTo(before);
        generator.Position.Should().Be(0);
        model.IsTraining.Should().BeTrue();
    }

    private static string[] Lines(ModuleSummary summary) => summary.ToString().Split('\n', StringSplitOptions.TrimEntries);

    private sealed class Scaled : Layer
    {
        private readonly Parameter _scale = new(Tensor.Ones(3));
        private readonly Dense _dense = new(3, 3, bias: false);

        protected override Tensor Compute(Tensor x) => _dense.Forward(x) * _scale;
    }
}
