namespace NeuralNet.Tests.Learning;

/// <summary>What bad images and bad numbers get: the layer's path, the shapes, and what to do.</summary>
public sealed class ConvolutionErrorTests
{
    [Fact]
    public void Forward_WithOtherChannels_NamesTheLayerAndBothShapes()
    {
        Sequential model = new(new Conv2D(3, 4, 3), new Conv2D(5, 2, 3));
        Message<ShapeException>(() => model.Forward(Tensor.Zeros([1, 3, 8, 8])))
            .Should().StartWith("1 (Conv2D): expected 5 input channels on axis 1, got 4; input [1, 4, 6, 6], weight [2, 5, 3, 3]");
    }

    [Fact]
    public void Forward_WithoutABatch_SaysHowToAddIt() =>
        Message<ShapeException>(() => new Conv2D(3, 4, 3).Forward(Tensor.Zeros([3, 8, 8])))
            .Should().Contain("expected 4 axes").And.Contain("[3, 8, 8]").And.Contain("Unsqueeze(0)");

    [Fact]
    public void Forward_WithWindowsLargerThanThePaddedImages_TellsBothSizes() =>
        Message<ShapeException>(() => new Sequential(new Conv2D(1, 1, 7, padding: 1)).Forward(Tensor.Zeros([1, 1, 4, 9])))
            .Should().StartWith("0 (Conv2D): ").And.Contain("windows of 7 on axis 2").And.Contain("only 6 elements");

    [Fact]
    public void Create_WithGroupsThatDoNotDivide_TellsTheChannels() =>
        Message<ArgumentException>(() => new Conv2D(6, 4, 3, groups: 4)).Should().StartWith("Conv2D: 6 input and 4 output channels").And.Contain("4 groups");

    [Fact]
    public void Create_WithOutputPaddingAsLargeAsTheStride_TellsTheStride() =>
        Message<ArgumentOutOfRangeException>(() => new ConvTranspose2D(2, 2, 3, stride: 2, outputPadding: 2))
            .Should().StartWith("ConvTranspose2D: outputPadding is 2, stride 2");

    [Fact]
    public void Create_WithSamePaddingAndAStride_SaysWhy() =>
        Message<ArgumentException>(() => new Conv1D(1, 1, 3, stride: 2, padding: ConvolutionPadding.Same)).Should().Contain("padding is same and stride is 2");

    [Fact]
    public void Create_WithTooManyNumbers_CountsTheAxes() =>
        Message<ArgumentException>(() => new Conv2D(1, 1, (3, 3, 3))).Should().StartWith("Conv2D: kernelSize is (3, 3, 3), 3 numbers for 2 spatial axes");

    [Fact]
    public void Pool_WithPaddingBeyondHalfAWindow_TellsTheWindow() =>
        Message<ArgumentOutOfRangeException>(() => Tensor.Zeros([1, 1, 8, 8]).MaxPool(2, padding: 2)).Should().Contain("padding is 2 for windows of 2");

    [Fact]
    public void BatchNorm_OfOneElementInTraining_SaysWhy() =>
        Message<ArgumentException>(() => new BatchNorm1D(3).Forward(Tensor.Zeros([1, 3]))).Should().Contain("one element for each channel of [1, 3]");

    private static string Message<TException>(Action action)
        where TException : Exception => action.Should().Throw<TException>().Which.Message;
}
