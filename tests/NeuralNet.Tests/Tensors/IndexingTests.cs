namespace NeuralNet.Tests;

public sealed class IndexingTests
{
    private static Tensor Cube => Tensor.Arange(24).Reshape(2, 3, 4);

    [Fact]
    public void Get_Positions_DropAxes()
    {
        Cube[1].Shape.Should().Equal(3, 4);
        Cube[1, 2, 3].Item<long>().Should().Be(23);
        Cube[-1, ^2, 0].Item<long>().Should().Be(16);
        Cube[0, 1L].ToArray<long>().Should().Equal(4, 5, 6, 7);
    }

    [Fact]
    public void Get_Ranges_KeepAxes()
    {
        Cube[.., 1..3].Shape.Should().Equal(2, 2, 4);
        Cube[1.., ^1.., ..^2].ToArray<long>().Should().Equal(20, 21);
        Cube[0..0].Shape.Should().Equal(0, 3, 4);
        Cube[2..].Shape.Should().Equal(0, 3, 4);
    }

    [Fact]
    public void Get_Every_TakesEveryNth()
    {
        Cube[0, 0, TensorIndex.Every(2, ..)].ToArray<long>().Should().Equal(0, 2);
        Cube[0, 0, TensorIndex.Every(2, 1..)].ToArray<long>().Should().Equal(1, 3);
        Cube[0, 0, TensorIndex.Every(3, ..)].ToArray<long>().Should().Equal(0, 3);
        Cube[0, 0, TensorIndex.Every(9, 3..)].ToArray<long>().Should().Equal(3);
        FluentActions.Invoking(() => TensorIndex.Every(0, ..)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("TensorIndex.Every: the step 0. Give 1 or more.*");
    }

    [Fact]
    public void Get_EllipsisAndNewAxis_PlaceAxes()
    {
        Cube[TensorIndex.Ellipsis, 0].ToArray<long>().Should().Equal(0, 4, 8, 12, 16, 20);
        Cube[1, TensorIndex.Ellipsis, 0].Shape.Should().Equal(3);
        Cube[TensorIndex.Ellipsis].Shape.Should().Equal(2, 3, 4);
        Cube[0, 0, TensorIndex.Ellipsis, 0].Item<long>().Should().Be(0);
        Cube[TensorIndex.NewAxis, 0, TensorIndex.NewAxis].Shape.Should().Equal(1, 1, 3, 4);
        Cube[TensorIndex.Ellipsis, TensorIndex.NewAxis].Shape.Should().Equal(2, 3, 4, 1);
        Tensor.FromScalar(3f)[TensorIndex.NewAxis].Shape.Should().Equal(1);
        Tensor.FromScalar(3f)[TensorIndex.Ellipsis].Item<float>().Should().Be(3);
    }

    [Fact]
    public void Get_OfAView_SharesStorage()
    {
        Tensor x = Cube;

        x.T[1..3, 0, TensorIndex.NewAxis].Storage.Should().BeSameAs(x.Storage);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-3)]
    public void Get_PositionOutOfRange_Throws(int position) =>
        FluentActions.Invoking(() => Cube[position]).Should().Throw<ShapeException>()
            .WithMessage($"index: position {position} is outside axis 0 of [2, 3, 4]. Stay within 0 to 1; −1 or ^1 is the last.");

    [Fact]
    public void Get_FromEndOutOfRange_Throws()
    {
        FluentActions.Invoking(() => Cube[^0]).Should().Throw<ShapeException>("^0 is behind the last").WithMessage("index: position ^0 is outside axis 0*");
        FluentActions.Invoking(() => Cube[0, ^4]).Should().Throw<ShapeException>().WithMessage("index: position ^4 is outside axis 1*0 to 2*");
    }

    [Fact]
    public void Get_PositionOnAnEmptyAxis_SaysSo() =>
        FluentActions.Invoking(() => Tensor.Zeros(0, 2)[0]).Should().Throw<ShapeException>().WithMessage("*outside axis 0 of [0, 2]. The axis is empty*");

    [Fact]
    public void Get_RangeOutOfRange_Throws()
    {
        FluentActions.Invoking(() => Cube[.., 1..4]).Should().Throw<ShapeException>().WithMessage("index: range 1..4 is outside axis 1 of [2, 3, 4]. Stay within 0..3.");
        FluentActions.Invoking(() => Cube[^3..]).Should().Throw<ShapeException>().WithMessage("*^3*axis 0*");
        FluentActions.Invoking(() => Cube[1..0]).Should().Throw<ShapeException>().WithMessage("*1..0*");
    }

    [Fact]
    public void Get_TooManyEntries_Throws()
    {
        FluentActions.Invoking(() => Cube[0, 0, 0, 0]).Should().Throw<ShapeException>().WithMessage("index: 4 entries for a tensor of [2, 3, 4]. Name at most 3 axes*");
        FluentActions.Invoking(() => Tensor.FromScalar(1f)[0]).Should().Throw<ShapeException>().WithMessage("index: 1 entry for a tensor of []*");
        FluentActions.Invoking(() => Cube[TensorIndex.Ellipsis, TensorIndex.Ellipsis]).Should().Throw<ShapeException>().WithMessage("*2 ellipses*");
    }

    [Fact]
    public void Get_DefaultEntry_IsTheEmptyRange() => Cube[default(TensorIndex)].Shape.Should().Equal(0, 3, 4);

    [Fact]
    public void Set_Part_ChangesItAlone()
    {
        Tensor x = Tensor.Zeros([2, 3], DType.Int64);

        x[1, 1..] = Tensor.From([7L, 8L]);
        x[0] = Tensor.FromScalar(5L);

        x.ToArray<long>().Should().Equal(5, 5, 5, 0, 7, 8);
    }

    [Fact]
    public void Set_WithNewAxisAndSteps_BroadcastsTheValue()
    {
        Tensor x = Tensor.Zeros([2, 4], DType.Int64);

        x[.., TensorIndex.Every(2, ..)] = Tensor.From([1L, 2L]);

        x.ToArray<long>().Should().Equal(1, 0, 2, 0, 1, 0, 2, 0);
    }

    [Fact]
    public void Set_PartOfItself_ReadsTheOldValues()
    {
        Tensor x = Tensor.Arange(5);

        x[1..] = x[..^1];

        x.ToArray<long>().Should().Equal(0, 0, 1, 2, 3);
    }

    [Fact]
    public void Set_ValueThatDoesNotFit_Throws()
    {
        Tensor x = Tensor.Zeros(2, 3);

        FluentActions.Invoking(() => x[0] = Tensor.Zeros(2)).Should().Throw<ShapeException>().WithMessage("CopyFrom: a tensor of [2] does not broadcast to [3]*");
        FluentActions.Invoking(() => x[0] = Tensor.Zeros([3], DType.Int32)).Should().Throw<DTypeException>().WithMessage("CopyFrom*Float32*Int32*Cast*");
    }

    [Fact]
    public void Get_ResultOfAGradient_FlowsBackToThePart()
    {
        Tensor x = Tensor.Zeros(2, 3).RequireGrad();

        x[1, 1..].Sum().Backward();

        x.Grad!.ToArray<float>().Should().Equal(0, 0, 0, 0, 1, 1);
    }
}
