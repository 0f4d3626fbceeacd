namespace NeuralNet.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void Default_Shape_IsThatOfAScalar()
    {
        Shape shape = default;

        shape.Rank.Should().Be(0);
        shape.Length.Should().Be(1);
        shape.ToString().Should().Be("[]");
        shape.Should().Equal(new Shape());
        (shape == new Shape([])).Should().BeTrue();
    }

    [Fact]
    public void Equality_SameSizes_IsEqualWithOneHash()
    {
        Shape a = [2, 3];
        Shape b = new(2, 3);

        (a == b).Should().BeTrue();
        a.Equals((object)b).Should().BeTrue();
        a.GetHashCode().Should().Be(b.GetHashCode());
        (a != new Shape(3, 2)).Should().BeTrue();
        (a != new Shape(2, 3, 1)).Should().BeTrue();
    }

    [Fact]
    public void Constructor_ArrayChangedLater_KeepsItsSizes()
    {
        long[] sizes = [2, 3];
        Shape shape = sizes;
        sizes[0] = 9;

        shape.Should().Equal(2, 3);
        shape.ToArray()[0] = 9;
        shape.Should().Equal(2, 3);
    }

    [Fact]
    public void Indexer_AnyAxis_CountsFromBothEnds()
    {
        Shape shape = [2, 3, 4];

        shape[0].Should().Be(2);
        shape[-1].Should().Be(4);
        shape[^3].Should().Be(2);
        shape.Length.Should().Be(24);
        shape.ToString().Should().Be("[2, 3, 4]");
    }

    [Fact]
    public void Indexer_OutOfRange_Throws()
    {
        Shape shape = [2, 3];

        FluentActions.Invoking(() => shape[2]).Should().Throw<ShapeException>().WithMessage("Shape: axis 2 is out of range for 2 axes. Use -2 to 1.");
        FluentActions.Invoking(() => shape[-3]).Should().Throw<ShapeException>().WithMessage("*-3*");
        FluentActions.Invoking(() => shape[^0]).Should().Throw<ShapeException>().WithMessage("Shape: axis ^0 is outside [2, 3]*");
        FluentActions.Invoking(() => shape[^3]).Should().Throw<ShapeException>().WithMessage("Shape: axis ^3*");
        FluentActions.Invoking(() => default(Shape)[0]).Should().Throw<ShapeException>().WithMessage("*scalar, which has no axes*");
    }

    [Fact]
    public void Constructor_NegativeSize_Throws() =>
        FluentActions.Invoking(() => new Shape(2, -1)).Should().Throw<ShapeException>().WithMessage("Shape: an axis of size -1 in [2, -1]. Sizes are zero or positive.");

    [Fact]
    public void Constructor_TooManyAxes_Throws() =>
        FluentActions.Invoking(() => new Shape(1, 1, 1, 1, 1, 1, 1, 1, 1)).Should().Throw<ShapeException>().WithMessage("Shape: 9 axes, of which at most 8 are possible.*");

    [Fact]
    public void Constructor_ProductTooLarge_Throws()
    {
        FluentActions.Invoking(() => new Shape(1L << 30, 1L << 30)).Should().Throw<ShapeException>().WithMessage("Shape: the sizes [1073741824, 1073741824] multiply to more than 2^59 elements*");
        FluentActions.Invoking(() => new Shape(0, long.MaxValue, 4)).Should().Throw<ShapeException>("strides would overflow");
        FluentActions.Invoking(() => new Shape(long.MaxValue)).Should().Throw<ShapeException>();
        new Shape(1L << 59).Length.Should().Be(1L << 59);
    }

    [Fact]
    public void Broadcast_ProductTooLarge_Throws()
    {
        Tensor column = Tensor.Zeros([1L << 40, 1], device: Device.Meta);

        FluentActions.Invoking(() => column + column.T).Should().Throw<ShapeException>().WithMessage("*more than 2^59 elements*");
    }

    [Fact]
    public void Allocation_LargestShape_IsOutOfMemoryNotOverflow() =>
        FluentActions.Invoking(() => Tensor.Zeros([1], DType.Float64).Expand([1L << 59]) + 1.0).Should().Throw<OutOfDeviceMemoryException>();
}
