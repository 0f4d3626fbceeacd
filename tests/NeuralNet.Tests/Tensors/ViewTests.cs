namespace NeuralNet.Tests;

public sealed class ViewTests
{
    [Fact]
    public void Views_WriteToTheBase_ShowIt()
    {
        Tensor x = Tensor.Zeros(2, 3);
        Tensor[] views = [x[1], x.T, x.Permute(1, 0), x.Reshape(3, 2), x.Slice(1, 0, 2), x.Detach(), x.Reshape(2, 3, 1).Expand([2, 3, 4])];

        x.Fill(5);

        foreach (Tensor view in views)
        {
            view.Storage.Should().BeSameAs(x.Storage);
            view.ToArray<float>().Should().OnlyContain(value => value == 5);
        }
    }

    [Fact]
    public void Views_WriteToAView_ChangesTheBaseThereAlone()
    {
        Tensor x = Tensor.Zeros(2, 3);

        x.T[2].Fill(1);

        x.ToArray<float>().Should().Equal(0, 0, 1, 0, 0, 1);
    }

    [Fact]
    public void Clone_AndContiguous_OwnTheirData()
    {
        Tensor x = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } });
        Tensor clone = x.T.Clone();
        Tensor contiguous = x.T.Contiguous();
        x.Fill(0);

        clone.ToArray<float>().Should().Equal(1, 3, 2, 4);
        contiguous.ToArray<float>().Should().Equal(1, 3, 2, 4);
        clone.Strides.ToArray().Should().Equal([1, 2], "a clone keeps the order in memory");
        contiguous.Strides.ToArray().Should().Equal(2, 1);
        x.Contiguous().Should().BeSameAs(x);
    }

    [Fact]
    public void Transpose_DefaultAxes_SwapsTheLastTwo()
    {
        Tensor x = Tensor.Arange(24).Reshape(2, 3, 4);

        x.Transpose().Shape.Should().Equal(2, 4, 3);
        x.Transpose(0, -1)[1, 2, 0].Item<long>().Should().Be(x[0, 2, 1].Item<long>());
        x.T.Shape.Should().Equal(4, 3, 2);
        Tensor.Zeros(3).T.Shape.Should().Equal(3);
    }

    [Fact]
    public void Permute_Order_MovesAxes()
    {
        Tensor x = Tensor.Arange(24).Reshape(2, 3, 4);
        Tensor y = x.Permute(2, 0, -2);

        y.Shape.Should().Equal(4, 2, 3);
        y.Strides.ToArray().Should().Equal(1, 12, 4);
        y[3, 1, 2].Item<long>().Should().Be(x[1, 2, 3].Item<long>());
    }

    [Fact]
    public void Expand_AxesOfOne_RepeatWithoutMemory()
    {
        Tensor x = Tensor.From(new float[,] { { 1 }, { 2 } }).Expand([3, 2, 2]);

        x.ToArray<float>().Should().Equal(1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2);
        x.Strides.ToArray().Should().Equal(0, 1, 0);
    }

    [Fact]
    public void Slice_WithStep_TakesEveryNth()
    {
        Tensor x = Tensor.Arange(10);

        x.Slice(0, 1, 3, 4).ToArray<long>().Should().Equal(1, 5, 9);
        x.Slice(-1, 10, 0).Length.Should().Be(0);
        x.Slice(0, 9, 1, long.MaxValue).ToArray<long>().Should().Equal(9);
    }

    [Fact]
    public void Reshape_WhereStridesAllow_IsAView()
    {
        Tensor x = Tensor.Arange(24).Reshape(2, 3, 4);

        x.Reshape(6, -1).Storage.Should().BeSameAs(x.Storage);
        x[.., 1].Reshape(2, 2, 2).Storage.Should().BeSameAs(x.Storage);
        x.Transpose(0, 1).Reshape(3, 2, 2, 2).Storage.Should().BeSameAs(x.Storage);
    }

    [Fact]
    public void Reshape_WhereStridesForbid_IsACopyInLogicalOrder()
    {
        Tensor x = Tensor.Arange(6).Reshape(2, 3);
        Tensor y = x.T.Reshape(6);

        y.Storage.Should().NotBeSameAs(x.Storage);
        y.ToArray<long>().Should().Equal(0, 3, 1, 4, 2, 5);
    }

    [Theory]
    [InlineData(new long[] { 4, -1 }, "no size fits at the −1")]
    [InlineData(new long[] { -1, -1 }, "no size fits at the −1")]
    [InlineData(new long[] { 0, -1 }, "no size fits at the −1")]
    [InlineData(new long[] { 4, 2 }, "has 6 elements, [4, 2] has 8")]
    [InlineData(new long[] { -2, 3 }, "an axis of size -2")]
    public void Reshape_SizesThatDoNotFit_Throws(long[] sizes, string message) =>
        FluentActions.Invoking(() => Tensor.Zeros(2, 3).Reshape(sizes.AsSpan())).Should().Throw<ShapeException>().WithMessage($"*{message}*");

    [Fact]
    public void Concat_StridedParts_JoinsInLogicalOrder()
    {
        Tensor x = Tensor.Arange(6).Reshape(2, 3);

        Tensor.Concat([x.T, x.T], 1).ToArray<long>().Should().Equal(0, 3, 0, 3, 1, 4, 1, 4, 2, 5, 2, 5);
        Tensor.Concat([x, Tensor.Zeros([0, 3], DType.Int64)]).ToArray<long>().Should().Equal(0, 1, 2, 3, 4, 5);
    }
}
