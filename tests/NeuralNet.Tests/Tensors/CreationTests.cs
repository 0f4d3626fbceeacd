namespace NeuralNet.Tests;

public sealed class CreationTests
{
    public static TheoryData<DType> AllDTypes => [.. Enum.GetValues<DType>()];

    [Fact]
    public void Zeros_Sizes_AreFloat32OnTheProcessor()
    {
        Tensor x = Tensor.Zeros(2, 3);

        x.Shape.Should().Equal(2, 3);
        x.DType.Should().Be(DType.Float32);
        x.Device.Should().BeSameAs(Device.Cpu);
        x.ToArray<float>().Should().Equal(0, 0, 0, 0, 0, 0);
    }

    [Fact]
    public void Zeros_NoSizes_IsAScalar()
    {
        Tensor x = Tensor.Zeros();

        x.Rank.Should().Be(0);
        x.Length.Should().Be(1);
        x.Item<float>().Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(AllDTypes))]
    public void Zeros_AnyDType_CastToZero(DType dtype) =>
        Tensor.Zeros([3], dtype).Cast(DType.Float64).ToArray<double>().Should().Equal(0, 0, 0);

    [Theory]
    [MemberData(nameof(AllDTypes))]
    public void Ones_AnyDType_CastToOne(DType dtype)
    {
        Tensor x = Tensor.Ones([2, 2], dtype);

        x.DType.Should().Be(dtype);
        x.Cast(DType.Float64).ToArray<double>().Should().Equal(1, 1, 1, 1);
    }

    [Theory]
    [MemberData(nameof(AllDTypes))]
    public void Full_AnyDType_HasTheValue(DType dtype) =>
        Tensor.Full([2], 3, dtype).Cast(DType.Int64).ToArray<long>().Should().Equal(dtype == DType.Bool ? [1L, 1L] : [3L, 3L]);

    [Theory]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    [InlineData(DType.UInt8)]
    public void Full_FractionOnIntegers_Throws(DType dtype) =>
        FluentActions.Invoking(() => Tensor.Full([2], 0.5, dtype)).Should().Throw<DTypeException>()
            .WithMessage($"Full: the number 0.5 for a tensor of {dtype}, which holds no fractions. Use Cast*");

    [Theory]
    [InlineData(256, DType.UInt8)]
    [InlineData(-1, DType.UInt8)]
    [InlineData(1L << 31, DType.Int32)]
    [InlineData(double.PositiveInfinity, DType.Int64)]
    [InlineData(9223372036854775808.0, DType.Int64)]
    public void Full_NumberBeyondTheDType_ThrowsWithItsRange(double value, DType dtype) =>
        FluentActions.Invoking(() => Tensor.Full([2], value, dtype)).Should().Throw<DTypeException>()
            .WithMessage($"Full: the number * for a tensor of {dtype}, which holds * to *. Use Cast*");

    [Fact]
    public void Full_NotANumberOnIntegers_Throws() =>
        FluentActions.Invoking(() => Tensor.Full([2], double.NaN, DType.Int32)).Should().Throw<DTypeException>().WithMessage("*NaN*");

    [Fact]
    public void Full_LargestIntegers_AreExact()
    {
        Tensor.Full([1], long.MaxValue, DType.Int64).Item<long>().Should().Be(long.MaxValue);
        Tensor.Full([1], long.MinValue, DType.Int64).Item<long>().Should().Be(long.MinValue);
        Tensor.Full([1], int.MinValue, DType.Int32).Item<int>().Should().Be(int.MinValue);
    }

    [Fact]
    public void Like_Another_TakesShapeDTypeAndDevice()
    {
        Tensor x = Tensor.Zeros([2, 1], DType.Int32, Device.CreateCpu(new() { Threads = 1 }));

        foreach (Tensor y in new[] { Tensor.ZerosLike(x), Tensor.OnesLike(x), Tensor.FullLike(x, 7) })
        {
            y.Shape.Should().Equal(2, 1);
            y.DType.Should().Be(DType.Int32);
            y.Device.Should().BeSameAs(x.Device);
        }
        Tensor.FullLike(x, 7).ToArray<int>().Should().Equal(7, 7);
    }

    [Fact]
    public void Arange_Count_IsInt64FromZero()
    {
        Tensor x = Tensor.Arange(4);

        x.DType.Should().Be(DType.Int64);
        x.ToArray<long>().Should().Equal(0, 1, 2, 3);
        Tensor.Arange(3, DType.Float32).ToArray<float>().Should().Equal(0, 1, 2);
        Tensor.Arange(0).Length.Should().Be(0);
    }

    [Fact]
    public void Arange_StartAndEnd_ExcludesTheEnd()
    {
        Tensor.Arange(1, 2, 0.25).ToArray<float>().Should().Equal(1, 1.25f, 1.5f, 1.75f);
        Tensor.Arange(5, 0, -2, DType.Int32).ToArray<int>().Should().Equal(5, 3, 1);
        Tensor.Arange(2, 2).Length.Should().Be(0);
    }

    // A literal 0 converts to every enum, so it could be taken for a dtype.
    [Fact]
    public void Arange_EndOfLiteralZero_IsAnEnd() => Tensor.Arange(-3, 0).ToArray<long>().Should().Equal(-3, -2, -1);

    [Fact]
    public void Arange_IntegerEnds_AreExactInt64()
    {
        Tensor.Arange(7, 0, -3).ToArray<long>().Should().Equal(7, 4, 1);
        Tensor.Arange(long.MaxValue - 2, long.MaxValue).ToArray<long>().Should().Equal(long.MaxValue - 2, long.MaxValue - 1);
        FluentActions.Invoking(() => Tensor.Arange(0, 3, -1)).Should().Throw<ArgumentException>().WithMessage("Arange: from 0 to 3 by -1 is*");
        FluentActions.Invoking(() => Tensor.Arange(long.MinValue, long.MaxValue)).Should().Throw<ShapeException>();
    }

    [Fact]
    public void RandAndRandn_Sizes_AreShapes()
    {
        Tensor.Rand(2, 3).Shape.Should().Equal(2, 3);
        Tensor.Randn(2, 3).Shape.Should().Equal(2, 3);
        Tensor.Randn(2, 3).DType.Should().Be(DType.Float32);
    }

    [Fact]
    public void Arange_FractionalStep_DoesNotDrift()
    {
        float[] x = Tensor.Arange(0, 1000, 0.1).ToArray<float>();

        x.Should().HaveCount(10000);
        x[9999].Should().Be(999.9f);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(0, 1, -1)]
    [InlineData(0, -0.5, 1)]
    [InlineData(0, double.PositiveInfinity, 1)]
    [InlineData(double.NaN, 1, 1)]
    public void Arange_NoSequence_Throws(double start, double end, double step) =>
        FluentActions.Invoking(() => Tensor.Arange(start, end, step)).Should().Throw<ArgumentException>().WithMessage("Arange: from * to * by *Give the step*");

    [Fact]
    public void Arange_NegativeCount_Throws() =>
        FluentActions.Invoking(() => Tensor.Arange(-2)).Should().Throw<ShapeException>().WithMessage("*-2*");

    [Fact]
    public void Arange_IntegersBeyondTheDType_Throws() =>
        FluentActions.Invoking(() => Tensor.Arange(0, 300, 1, DType.UInt8)).Should().Throw<DTypeException>().WithMessage("Arange: the number 299*0 to 255*");

    [Fact]
    public void Arange_BoolOrStorageDType_Throws()
    {
        FluentActions.Invoking(() => Tensor.Arange(2, DType.Bool)).Should().Throw<DTypeException>().WithMessage("Arange*Bool*");
        FluentActions.Invoking(() => Tensor.Arange(2, DType.Float16)).Should().Throw<DTypeException>().WithMessage("Arange*Float16*");
    }

    [Fact]
    public void Linspace_Ends_AreExact()
    {
        float[] x = Tensor.Linspace(-1, 0.7, 8).ToArray<float>();

        x[0].Should().Be(-1);
        x[7].Should().Be(0.7f);
        x.Should().BeInAscendingOrder();
    }

    [Fact]
    public void Linspace_FewNumbers_ServesThem()
    {
        Tensor.Linspace(2, 5, 0).Length.Should().Be(0);
        Tensor.Linspace(2, 5, 1, DType.Float64).ToArray<double>().Should().Equal(2);
        Tensor.Linspace(2, 5, 2, DType.Float64).ToArray<double>().Should().Equal(2, 5);
    }

    [Fact]
    public void Linspace_BadArguments_Throws()
    {
        FluentActions.Invoking(() => Tensor.Linspace(0, 1, -1)).Should().Throw<ShapeException>();
        FluentActions.Invoking(() => Tensor.Linspace(0, 1, 3, DType.Int32)).Should().Throw<DTypeException>().WithMessage("Linspace*Int32*");
    }

    [Fact]
    public void Eye_Sizes_OnesOnTheDiagonal()
    {
        Tensor.Eye(2).ToArray<float>().Should().Equal(1, 0, 0, 1);
        Tensor.Eye(2, 3, DType.Int32).ToArray<int>().Should().Equal(1, 0, 0, 0, 1, 0);
        Tensor.Eye(3, 2, DType.Bool).ToArray<bool>().Should().Equal(true, false, false, true, false, false);
        Tensor.Eye(0).Shape.Should().Equal(0, 0);
    }

    [Fact]
    public void Creation_OnMeta_HasShapeAndDTypeAlone()
    {
        Shape shape = [1000000, 1000000];
        Tensor[] tensors =
        [
            Tensor.Zeros(shape, DType.Float64, Device.Meta),
            Tensor.Ones(shape, DType.Float64, Device.Meta),
            Tensor.Full(shape, 2, DType.Float64, Device.Meta),
            Tensor.Eye(1000000, dtype: DType.Float64, device: Device.Meta),
        ];

        foreach (Tensor tensor in tensors)
        {
            tensor.Shape.Should().Equal(1000000, 1000000);
            tensor.DType.Should().Be(DType.Float64);
            tensor.Device.Should().BeSameAs(Device.Meta);
        }
        Tensor.Arange(7, device: Device.Meta).Shape.Should().Equal(7);
        Tensor.Linspace(0, 1, 7, device: Device.Meta).Shape.Should().Equal(7);
        Tensor.From([1f, 2f], Device.Meta).Shape.Should().Equal(2);
    }

    [Fact]
    public void Creation_EmptyAxis_HasNoElements()
    {
        Tensor x = Tensor.Ones(3, 0, 2);

        x.Length.Should().Be(0);
        x.ToArray<float>().Should().BeEmpty();
        (x + 1).Shape.Should().Equal(3, 0, 2);
    }

    [Fact]
    public void From_Span_CopiesTheValues()
    {
        float[] values = [1, 2, 3, 4];
        Tensor x = Tensor.From<float>(values.AsSpan(), [2, 2]);
        values[0] = 9;

        x.ToArray<float>().Should().Equal(1, 2, 3, 4);
        x.Shape.Should().Equal(2, 2);
    }

    [Fact]
    public void From_ArraysOfAnyRank_KeepLogicalOrder()
    {
        Tensor.From([1, 2, 3]).Shape.Should().Equal(3);
        Tensor.From(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } })[1, 0].Item<double>().Should().Be(4);
        Tensor.From(new long[,,] { { { 1, 2 } }, { { 3, 4 } } }).Shape.Should().Equal(2, 1, 2);
        Tensor four = Tensor.From(new byte[,,,] { { { { 1 }, { 2 } }, { { 3 }, { 4 } } } });
        four.Shape.Should().Equal(1, 2, 2, 1);
        four.ToArray<byte>().Should().Equal(1, 2, 3, 4);
        Tensor.From(new float[2, 0]).Shape.Should().Equal(2, 0);
    }

    [Fact]
    public void From_ElementTypes_GiveTheDTypes()
    {
        Tensor.From([1f]).DType.Should().Be(DType.Float32);
        Tensor.From([1.0]).DType.Should().Be(DType.Float64);
        Tensor.From([1]).DType.Should().Be(DType.Int32);
        Tensor.From([1L]).DType.Should().Be(DType.Int64);
        Tensor.From([true]).DType.Should().Be(DType.Bool);
        Tensor.From([(byte)1]).DType.Should().Be(DType.UInt8);
        Tensor.From([(Half)1]).DType.Should().Be(DType.Float16);
        Tensor.From([(BFloat16)1]).DType.Should().Be(DType.BFloat16);
        Tensor.FromScalar(2.5).Item<double>().Should().Be(2.5);
    }

    [Fact]
    public void From_OtherElementType_Throws() =>
        FluentActions.Invoking(() => Tensor.From(['a'])).Should().Throw<DTypeException>().WithMessage("Char: no tensor holds*Use float*");

    [Fact]
    public void From_WrongCount_ThrowsWithBothCounts() =>
        FluentActions.Invoking(() => Tensor.From([1f, 2f, 3f], [2, 2])).Should().Throw<ShapeException>()
            .WithMessage("From: 3 values for the shape [2, 2] of 4 elements. Give as many as the shape has.");

    [Fact]
    public void From_Null_Throws()
    {
        FluentActions.Invoking(() => Tensor.From((float[])null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Tensor.From((float[])null!, [0])).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Tensor.From((float[,])null!)).Should().Throw<ArgumentNullException>();
    }
}
