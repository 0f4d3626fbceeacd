namespace NeuralNet.Tests;

public sealed class TensorIndexingTests
{
    private static Tensor Cube => Tensor.Arange(24).Reshape(2, 3, 4);

    private static Tensor Pair => Tensor.From([2L, 0]);

    [Fact]
    public void Get_OneIndex_TakesSlices()
    {
        Cube[Tensor.From([1L, 1, 0])].Shape.Should().Equal(3, 3, 4);
        Cube[.., Pair].ToArray<long>().Should().Equal(8, 9, 10, 11, 0, 1, 2, 3, 20, 21, 22, 23, 12, 13, 14, 15);
        Cube[.., .., Pair].Shape.Should().Equal(2, 3, 2);
        Cube[TensorIndex.Ellipsis, Pair].ToArray<long>()[..4].Should().Equal(2, 0, 6, 4);
        Cube[1, Pair, 1..3].ToArray<long>().Should().Equal(21, 22, 13, 14);
        Cube[0, .., Tensor.From([3])].ToArray<long>().Should().Equal(3, 7, 11);
    }

    [Fact]
    public void Get_IndexOfAnyShape_PutsItsAxesThere()
    {
        Cube[.., Tensor.Zeros([2, 5], DType.Int64)].Shape.Should().Equal(2, 2, 5, 4);
        Cube[.., Tensor.FromScalar(2L)].Shape.Should().Equal(2, 4);
        Cube[.., Tensor.From<long>([])].Shape.Should().Equal(2, 0, 4);
        Cube[TensorIndex.NewAxis, Tensor.From([1L])].Shape.Should().Equal(1, 1, 3, 4);
    }

    [Fact]
    public void Get_SeveralIndices_TakeCommonPositions()
    {
        Cube[Tensor.From([0L, 1]), Pair].ToArray<long>().Should().Equal(8, 9, 10, 11, 12, 13, 14, 15);
        Cube[.., Pair, Tensor.From([3L, 1])].ToArray<long>().Should().Equal(11, 1, 23, 13);
        Cube[.., Tensor.From(new[,] { { 0L }, { 2 } }), Pair].Shape.Should().Equal(2, 2, 2);
        Cube[Tensor.From([0L, 1]), .., Pair].ToArray<long>().Should().Equal(2, 6, 10, 12, 16, 20);
        Cube[Tensor.From([0L, 1]), 1, Pair].ToArray<long>().Should().Equal(6, 16);
    }

    [Fact]
    public void Get_Mask_TakesWhereItIsTrue()
    {
        Tensor x = Cube;
        x[x > 20].ToArray<long>().Should().Equal(21, 22, 23);
        x[Tensor.From([false, true]), 0].ToArray<long>().Should().Equal(12, 13, 14, 15);
        x[.., Tensor.From([true, false, true])].Shape.Should().Equal(2, 2, 4);
        x[.., x[0] > 9].ToArray<long>().Should().Equal(10, 11, 22, 23);
        x[TensorIndex.Ellipsis, Tensor.From([true, false, false, false])].ToArray<long>().Should().Equal(0, 4, 8, 12, 16, 20);
        x[x > 99].Shape.Should().Equal(0);
    }

    [Fact]
    public void Get_RepeatedPosition_AddsUpItsGradient()
    {
        Tensor x = Tensor.From([1.0, 2, 3]).RequireGrad();
        Gradients.Of(x[Tensor.From([2L, 0, 2])].Sum(), x).ToArray<double>().Should().Equal(1, 0, 2);
        Gradients.Of(x[x > 1].Sum(), x).ToArray<double>().Should().Equal(0, 1, 1);
    }

    [Fact]
    public void Get_WrongEntries_AreErrors()
    {
        Throws<ArgumentOutOfRangeException>(() => _ = Cube[.., Tensor.From([0L, -1])], "index: index -1 at position 1*[0, 3)*");
        Throws<ShapeException>(() => _ = Cube[.., Pair, Tensor.From([0L, 1, 1])], "index: shapes [2] and [3]*");
        Throws<ShapeException>(() => _ = Cube[Pair, .., 0, 0], "index: 4 entries for a tensor of [2, 3, 4]*");
        Throws<ShapeException>(() => _ = Cube[.., Tensor.From([true])], "index: a mask of [1] at axis 1 of [2, 3, 4]*");
        Throws<ShapeException>(() => _ = Cube[Tensor.FromScalar(true)], "index: a mask of [] at axis 0*");
        Throws<DTypeException>(() => _ = Cube[Tensor.From([0f])], "index: indices of Float32*");
        Throws<DeviceException>(() => _ = Cube.To(Device.Meta)[Tensor.Zeros([2], DType.Bool, Device.Meta)], "Nonzero: *");
    }

    [Fact]
    public void Set_ByATensor_IsAnError() =>
        Throws<ArgumentException>(() => Cube[Pair] = Tensor.Zeros([4], DType.Int64), "x[…] = y: a part picked by a tensor*IndexPut*");

    private static void Throws<T>(Action call, string message)
        where T : Exception => call.Should().Throw<T>().WithMessage(message);
}
