using System.Reflection;

namespace NeuralNet.Tests;

public sealed class FormattingTests
{
    private static readonly Device s_device = Device.CreateCpu(new() { Threads = 1 });

    [Theory]
    [InlineData(0.6931472f, "0.6931472")]
    [InlineData(2f, "2.0")]
    [InlineData(-1e-5f, "-1e-05")]
    [InlineData(float.NaN, "nan")]
    [InlineData(float.NegativeInfinity, "-inf")]
    public void ToString_Scalar_HasAllDigits(float value, string expected) => Tensor.FromScalar(value).ToString().Should().Be(expected);

    [Fact]
    public void ToString_ScalarsOfOtherDTypes_NameThem()
    {
        Tensor.FromScalar(0.1).ToString().Should().Be("0.1, Float64");
        Tensor.FromScalar(7L).ToString().Should().Be("7, Int64");
        Tensor.FromScalar(true).ToString().Should().Be("True, Bool");
        Tensor.FromScalar((Half)0.1).ToString().Should().Be("0.1, Float16");
    }

    [Fact]
    public void ToString_Vector_AlignsPoints()
    {
        Tensor.From([1f, 2f, 3f]).ToString().Should().Be("[1., 2., 3.]");
        Tensor.From([1f, -0.25f, 10.5f]).ToString().Should().Be("[ 1.  , -0.25, 10.5 ]");
        Tensor.From([1f / 3, 2f]).ToString().Should().Be("[0.3333, 2.    ]");
    }

    [Fact]
    public void ToString_Matrix_AlignsColumns() =>
        Tensor.From(new[,] { { 1.5f, -20f }, { 0.125f, 3f } }).ToString().Should().Be(
            """
            [[  1.5  , -20.   ],
             [  0.125,   3.   ]]
            """.ReplaceLineEndings("\n"));

    [Fact]
    public void ToString_ThreeAxes_SeparatesMatrices() =>
        Tensor.Arange(8).Reshape(2, 2, 2).ToString().Should().Be(
            """
            [[[0, 1],
              [2, 3]],

             [[4, 5],
              [6, 7]]], Int64
            """.ReplaceLineEndings("\n"));

    [Fact]
    public void ToString_LargeAndSmall_IsScientific()
    {
        Tensor.From([1e-5f, 2f]).ToString().Should().Be("[1.e-05, 2.e+00]");
        Tensor.From([1.25e10f, -3e9f]).ToString().Should().Be("[ 1.25e+10, -3.00e+09]");
        Tensor.From([1e-300, 0.0]).ToString().Should().Be("[1.e-300,  0.e+00], Float64");
    }

    [Fact]
    public void ToString_NotFinite_StandsInTheColumn() =>
        Tensor.From([float.NaN, float.PositiveInfinity, -1.5f]).ToString().Should().Be("[ nan,  inf, -1.5]");

    [Fact]
    public void ToString_NothingFinite_IsPlain() => Tensor.From([float.NaN, float.NegativeInfinity]).ToString().Should().Be("[ nan, -inf]");

    [Fact]
    public void ToString_BoolAndIntegers_NameTheDType()
    {
        Tensor.From([true, false]).ToString().Should().Be("[ True, False], Bool");
        Tensor.From([-1, 100]).ToString().Should().Be("[ -1, 100], Int32");
        Tensor.From([(byte)7]).ToString().Should().Be("[7], UInt8");
        Tensor.From([(BFloat16)0.5f]).ToString().Should().Be("[0.5], BFloat16");
    }

    [Fact]
    public void ToString_LongVector_ShowsTheEnds() =>
        Tensor.Arange(1001).ToString().Should().Be("[   0,    1,    2, ...,  998,  999, 1000], Int64");

    [Fact]
    public void ToString_LargeMatrix_ShowsTheCorners() =>
        Tensor.Arange(10000).Reshape(100, 100).ToString().Should().Be(
            """
            [[   0,    1,    2, ...,   97,   98,   99],
             [ 100,  101,  102, ...,  197,  198,  199],
             [ 200,  201,  202, ...,  297,  298,  299],
             ...,
             [9700, 9701, 9702, ..., 9797, 9798, 9799],
             [9800, 9801, 9802, ..., 9897, 9898, 9899],
             [9900, 9901, 9902, ..., 9997, 9998, 9999]], Int64
            """.ReplaceLineEndings("\n"));

    [Fact]
    public void ToString_LargeWithAShortAxis_CutsTheLongOneAlone() =>
        Tensor.Arange(2000).Reshape(2, 1000).ToString().Should().Be(
            """
            [[   0,    1,    2, ...,  997,  998,  999],
             [1000, 1001, 1002, ..., 1997, 1998, 1999]], Int64
            """.ReplaceLineEndings("\n"));

    [Fact]
    public void ToString_LongRow_IsBroken() =>
        Tensor.Arange(30).ToString().Should().Be(
            """
            [ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
             20, 21, 22, 23, 24, 25, 26, 27, 28, 29], Int64
            """.ReplaceLineEndings("\n"));

    [Fact]
    public void ToString_Empty_HasTheShape()
    {
        Tensor.Zeros(0).ToString().Should().Be("[]");
        Tensor.Zeros([2, 0], DType.Int64).ToString().Should().Be("[], shape [2, 0], Int64");
    }

    [Fact]
    public void ToString_RequiresGrad_SaysSo()
    {
        Tensor x = Tensor.From([1f]).RequireGrad();

        x.ToString().Should().Be("[1.], requires grad");
        (x * 2).ToString().Should().Be("[2.], requires grad");
    }

    [Fact]
    public void ToString_Strided_IsInLogicalOrder() =>
        Tensor.Arange(4).Reshape(2, 2).T.ToString().Should().Be("[[0, 2],\n [1, 3]], Int64");

    [Fact]
    public void ToString_EndedOrOnMeta_DoesNotThrow()
    {
        Tensor ended;
        using (new TensorScope())
            ended = Tensor.Zeros(2, 3);

        ended.ToString().Should().Be("Tensor(Float32 [2, 3], ended)");
        Tensor.Zeros([2], DType.Int32, Device.Meta).ToString().Should().Be("Tensor(Int32 [2], on meta)");
    }

    [Fact]
    public void ToString_LargeTensor_LeavesNoTensorBehind()
    {
        Tensor x = Tensor.Zeros([4000, 7], device: s_device);
        long before = s_device.MemoryStatistics.LiveBytes;

        _ = x.ToString();

        s_device.MemoryStatistics.LiveBytes.Should().Be(before);
        GC.KeepAlive(x);
    }

    [Fact]
    public void DebuggerDisplay_AnyState_IsShort()
    {
        Tensor ended;
        using (new TensorScope())
            ended = Tensor.Zeros([2], DType.Int32);

        Display(Tensor.Zeros(2, 3).RequireGrad()).Should().Be("Float32 [2, 3] on cpu, requires grad");
        Display(ended).Should().Be("Int32 [2] on cpu, ended");

        static object? Display(Tensor tensor) =>
            typeof(Tensor).GetProperty("DebuggerDisplay", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(tensor);
    }
}
