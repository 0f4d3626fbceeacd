using System.Numerics.Tensors;

namespace NeuralNet.Tests;

public sealed class HostAccessTests
{
    private static Tensor Strided => Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }).T;

    [Fact]
    public void ToArray_Strided_IsInLogicalOrder() => Strided.ToArray<float>().Should().Equal(1, 4, 2, 5, 3, 6);

    [Fact]
    public void ToArray_SliceWithOffset_StartsThere() => Tensor.Arange(6)[4..].ToArray<long>().Should().Equal(4, 5);

    [Fact]
    public void ToArray_Expanded_RepeatsElements() => Tensor.From([7]).Expand([3]).ToArray<int>().Should().Equal(7, 7, 7);

    [Fact]
    public void ToArray_BoolHalfAndBFloat16_RoundTrip()
    {
        Tensor.From(new[,] { { true, false, false }, { true, true, false } }).T.ToArray<bool>().Should().Equal(true, true, false, true, false, false);
        Tensor.From([(Half)1.5, (Half)(-2)]).ToArray<Half>().Should().Equal((Half)1.5, (Half)(-2));
        Tensor.From([(BFloat16)1.5f, (BFloat16)(-2f)]).ToArray<BFloat16>().Should().Equal((BFloat16)1.5f, (BFloat16)(-2f));
    }

    [Fact]
    public void CopyTo_LongerDestination_FillsItsStart()
    {
        float[] destination = [9, 9, 9, 9, 9, 9, 9];

        Strided.CopyTo<float>(destination);

        destination.Should().Equal(1, 4, 2, 5, 3, 6, 9);
    }

    [Fact]
    public void CopyTo_ShortDestination_ThrowsWithBothLengths() =>
        FluentActions.Invoking(() => Strided.CopyTo<float>(new float[5])).Should().Throw<ShapeException>()
            .WithMessage("CopyTo: a tensor of [3, 2] has 6 elements, the destination holds 5. Make it at least as long.");

    [Fact]
    public void Item_OneElement_IsIt()
    {
        Tensor.Full([1, 1], 3).Item<float>().Should().Be(3);
        Strided[2, 1].Item<float>().Should().Be(6);
    }

    [Fact]
    public void Item_NoneOrSeveral_Throws()
    {
        FluentActions.Invoking(() => Strided.Item<float>()).Should().Throw<ShapeException>().WithMessage("Item: a tensor of [3, 2] has 6 elements, not one. Index it first*");
        FluentActions.Invoking(() => Tensor.Zeros(0).Item<float>()).Should().Throw<ShapeException>().WithMessage("Item: a tensor of [0] has 0 elements*");
    }

    [Fact]
    public void AsSpan_WritesAfterwards_DoNotShow()
    {
        Tensor x = Tensor.Zeros(3);
        ReadOnlySpan<float> span = x.AsSpan<float>();

        x.Fill(5);

        span.ToArray().Should().Equal(0, 0, 0);
    }

    [Fact]
    public void Access_OtherElementType_NamesTheCallAndTheCast()
    {
        Action[] calls =
        [
            () => Strided.ToArray<double>(),
            () => _ = Strided.AsSpan<double>().Length,
            () => Strided.CopyTo<double>(new double[6]),
            () => Strided[0, 0].Item<double>(),
            () => Strided.Read<double>(_ => { }),
            () => Strided.Write<double>(_ => { }),
        ];
        string[] names = ["ToArray", "AsSpan", "CopyTo", "Item", "Read", "Write"];

        for (int i = 0; i < calls.Length; i++)
        {
            calls[i].Should().Throw<DTypeException>()
                .WithMessage($"{names[i]}: elements of Float32 asked for as Double. Use Cast(DType.Float64) first, or the element type of Float32.");
        }
    }

    [Fact]
    public void Access_OnMeta_SaysThatThereIsNoData()
    {
        Tensor x = Tensor.Zeros([2], device: Device.Meta);
        Action[] calls = [() => x.ToArray<float>(), () => x[0].Item<float>(), () => x.Read<float>(_ => { }), () => x.Write<float>(_ => { })];

        foreach (Action call in calls)
            call.Should().Throw<DeviceException>().WithMessage("*on meta has a shape and no data. Create it on Device.Cpu to have values.");
    }

    [Fact]
    public void Access_MoreElementsThanAnArrayHolds_Throws()
    {
        Tensor x = Tensor.Zeros(1).Expand([1L << 33]);

        FluentActions.Invoking(() => x.ToArray<float>()).Should().Throw<ShapeException>().WithMessage("ToArray: a tensor of [8589934592] has 8589934592 elements, more than*Slice.");
        FluentActions.Invoking(() => x.Read<float>(_ => { })).Should().Throw<ShapeException>().WithMessage("Read:*");
    }

    [Fact]
    public void Read_Contiguous_SeesTheMemory()
    {
        Tensor x = Tensor.Arange(6).Reshape(2, 3);
        long[]? seen = null;

        x[1].Read<long>(span => seen = span.ToArray());

        seen.Should().Equal(3, 4, 5);
    }

    [Fact]
    public void Read_Strided_SeesLogicalOrder()
    {
        float[]? seen = null;

        Strided.Read<float>(span => seen = span.ToArray());

        seen.Should().Equal(1, 4, 2, 5, 3, 6);
    }

    [Fact]
    public void Read_Bool_SeesTruthValues()
    {
        bool[]? seen = null;

        Tensor.From([1f, -1f]).Greater(0).Read<bool>(span => seen = span.ToArray());

        seen.Should().Equal(true, false);
    }

    [Fact]
    public void Read_Empty_SeesNothing()
    {
        int length = -1;

        Tensor.Zeros(0, 3).Read<float>(span => length = span.Length);

        length.Should().Be(0);
    }

    [Fact]
    public void Write_Contiguous_ChangesTheElements()
    {
        Tensor x = Tensor.Zeros([2, 2], DType.Int32);

        x[1].Write<int>(span => span[0] = 7);

        x.ToArray<int>().Should().Equal(0, 0, 7, 0);
    }

    [Fact]
    public void Write_Strided_ChangesTheBaseInLogicalOrder()
    {
        Tensor x = Tensor.Zeros([2, 3], DType.Int64);

        x.T.Write<long>(span =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = i;
        });

        x.ToArray<long>().Should().Equal(0, 2, 4, 1, 3, 5);
    }

    [Fact]
    public void Write_HalfAndBFloat16_ChangeTheElements()
    {
        Tensor half = Tensor.Zeros([2], DType.Float16);
        Tensor brain = Tensor.Zeros([2], DType.BFloat16);

        half.Write<Half>(span => span[1] = (Half)0.5);
        brain.Write<BFloat16>(span => span[1] = (BFloat16)0.5f);

        half.Cast(DType.Float32).ToArray<float>().Should().Equal(0, 0.5f);
        brain.Cast(DType.Float32).ToArray<float>().Should().Equal(0, 0.5f);
    }

    [Fact]
    public void Write_Expanded_Throws() =>
        FluentActions.Invoking(() => Tensor.Zeros(1).Expand([3]).Write<float>(_ => { })).Should().Throw<InvalidOperationException>()
            .WithMessage("Write: several elements of this expanded tensor of [3] are one in memory. Write to its Clone().");

    [Fact]
    public void ReadTensorAndWriteTensor_AnyLayout_HaveTheShape()
    {
        Tensor x = Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        float corner = 0;

        x.ReadTensor((in ReadOnlyTensorSpan<float> span) => corner = span[1, 2]);
        x.T.WriteTensor((in TensorSpan<float> span) => span[2, 0] = 30);

        corner.Should().Be(6);
        x.ToArray<float>().Should().Equal(1, 2, 30, 4, 5, 6);
    }

    [Fact]
    public void CopyFrom_BroadcastAndStrided_Copies()
    {
        Tensor x = Tensor.Zeros(2, 3);

        x.CopyFrom(Tensor.From([1f, 2f, 3f]));
        x.T[0].CopyFrom(Tensor.From([8f, 9f]));

        x.ToArray<float>().Should().Equal(8, 2, 3, 9, 2, 3);
    }

    [Fact]
    public void CopyFrom_OtherDevice_BringsTheData()
    {
        Tensor x = Tensor.Zeros([2], device: Device.CreateCpu(new() { Threads = 1 }));

        x.CopyFrom(Tensor.From([1f, 2f]));

        x.ToArray<float>().Should().Equal(1, 2);
    }
}
