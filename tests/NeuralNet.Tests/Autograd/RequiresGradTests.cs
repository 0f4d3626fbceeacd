namespace NeuralNet.Tests;

public sealed class RequiresGradTests
{
    [Fact]
    public void RequiresGrad_NewTensor_IsFalse()
    {
        Tensor x = Tensor.Zeros(2);

        x.RequiresGrad.Should().BeFalse();
        x.IsLeaf.Should().BeTrue();
        (x + x).RequiresGrad.Should().BeFalse();
    }

    [Fact]
    public void RequiresGrad_AnyInput_MakesTheResultRequireIt()
    {
        Tensor x = Tensor.Zeros(2).RequireGrad();

        (Tensor.Zeros(2) + x).RequiresGrad.Should().BeTrue();
        x.Reshape(2, 1).RequiresGrad.Should().BeTrue();
        x.Greater(0).RequiresGrad.Should().BeFalse();
        x.ArgMax().RequiresGrad.Should().BeFalse();
    }

    [Theory]
    [InlineData(DType.Int64)]
    [InlineData(DType.Bool)]
    [InlineData(DType.Float16)]
    public void RequiresGrad_OtherDType_Throws(DType dtype) =>
        FluentActions.Invoking(() => Tensor.Zeros([2], dtype).RequireGrad()).Should().Throw<DTypeException>()
            .WithMessage($"RequiresGrad: a tensor of {dtype} has no gradient. Use Cast(DType.Float32) first.");

    [Fact]
    public void RequiresGrad_ResultSetToFalse_Throws() =>
        FluentActions.Invoking(() => (Tensor.Zeros(2).RequireGrad() * 2).RequiresGrad = false).Should().Throw<InvalidOperationException>()
            .WithMessage("RequiresGrad: this tensor of [2] is the result of Multiply and cannot stop requiring a gradient. Use Detach().");

    [Fact]
    public void RequiresGrad_LeafSetToFalse_DropsTheGradient()
    {
        Tensor x = Tensor.FromScalar(1f).RequireGrad();
        (x * 2).Backward();

        x.RequiresGrad = false;

        x.Grad.Should().BeNull();
        (x * 2).RequiresGrad.Should().BeFalse();
    }

    [Fact]
    public void RequiresGrad_SetToTrueTwice_KeepsTheGradient()
    {
        Tensor x = Tensor.FromScalar(1f).RequireGrad();
        (x * 2).Backward();

        x.RequiresGrad = true;

        x.Grad!.Item<float>().Should().Be(2);
    }

    [Fact]
    public void Detach_Result_SharesDataAndCutsTheGraph()
    {
        Tensor x = Tensor.FromScalar(3f).RequireGrad();
        Tensor y = x * x;
        Tensor detached = y.Detach();

        (y * detached).Backward();

        detached.RequiresGrad.Should().BeFalse();
        detached.Storage.Should().BeSameAs(y.Storage);
        x.Grad!.Item<float>().Should().Be(54);
    }
}
