using System.Text;
using CsCheck;
using NeuralNet.Testing;

namespace NeuralNet.Datasets.Tests;

public class NpyFileTests
{
    private static readonly DType[] s_dtypes =
        [DType.Bool, DType.UInt8, DType.Int32, DType.Int64, DType.Float16, DType.Float32, DType.Float64];

    [Fact]
    public void Write_Matrix_HasNumPysHeader()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write(folder["x.npy"], Tensor.From([1f, 2f], [2, 1]));
        byte[] bytes = File.ReadAllBytes(folder["x.npy"]);
        string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }";
        bytes[..10].Should().Equal(0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 118, 0);
        Encoding.ASCII.GetString(bytes, 10, 118).Should().Be(header.PadRight(117) + "\n");
        bytes[128..].Should().Equal(0, 0, 0x80, 0x3F, 0, 0, 0, 0x40);
    }

    [Fact]
    public void Write_ThenRead_GivesEqualTensorOfEachDTypeAndShape()
    {
        using TemporaryFolder folder = new();
        foreach (DType dtype in s_dtypes)
        {
            foreach (Shape shape in (Shape[])[[], [0], [7], [3, 1, 2], [2, 0, 5]])
            {
                Tensor tensor = Tensor.Arange(0, shape.Length).Reshape(shape).Cast(dtype);
                NpyFile.Write(folder["x.npy"], tensor);
                Same(NpyFile.Read(folder["x.npy"]), tensor);
            }
        }
    }

    [Fact]
    public void Write_View_WritesItsElementsInLogicalOrder()
    {
        using TemporaryFolder folder = new();
        Tensor tensor = Tensor.Arange(0, 12).Reshape(3, 4).Transpose(0, 1)[1..];
        NpyFile.Write(folder["x.npy"], tensor);
        Same(NpyFile.Read(folder["x.npy"]), tensor);
    }

    [Fact]
    public void Read_LongArray_CrossesTheBufferOfTheReader()
    {
        using TemporaryFolder folder = new();
        Tensor tensor = Tensor.Arange(0, 400_000, dtype: DType.Int64);
        NpyFile.Write(folder["x.npy"], tensor);
        Same(NpyFile.Read(folder["x.npy"]), tensor);
        byte[] narrow = Bytes("'descr': '<u2', 'fortran_order': False, 'shape': (1200000,)", [.. Enumerable.Range(0, 2_400_000).Select(i => (byte)(i % 251))]);
        int[] elements = NpyFile.Read(folder.Write("y.npy", narrow)).ToArray<int>();
        elements[600_001].Should().Be((1_200_002 % 251) + 256 * (1_200_003 % 251));
    }

    [Theory]
    [InlineData("'<i2'", DType.Int32, new byte[] { 0xFE, 0xFF, 2, 1 }, new double[] { -2, 258 })]
    [InlineData("'>i2'", DType.Int32, new byte[] { 0xFF, 0xFE, 1, 2 }, new double[] { -2, 258 })]
    [InlineData("'|i1'", DType.Int32, new byte[] { 0xFE, 2 }, new double[] { -2, 2 })]
    [InlineData("'<u2'", DType.Int32, new byte[] { 0xFE, 0xFF, 2, 1 }, new double[] { 65534, 258 })]
    [InlineData("'<u4'", DType.Int64, new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0 }, new double[] { 4294967294, 1 })]
    [InlineData("'>i4'", DType.Int32, new byte[] { 0xFF, 0xFF, 0xFF, 0xFE, 0, 0, 0, 1 }, new double[] { -2, 1 })]
    [InlineData("'>f4'", DType.Float32, new byte[] { 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0 }, new double[] { 1, -2 })]
    [InlineData("'>f8'", DType.Float64, new byte[] { 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0 }, new double[] { 1, -2 })]
    [InlineData("'<f2'", DType.Float16, new byte[] { 0, 0x3C, 0, 0xC0 }, new double[] { 1, -2 })]
    [InlineData("'|b1'", DType.Bool, new byte[] { 1, 0 }, new double[] { 1, 0 })]
    public void Read_ElementType_GivesTensorThatHoldsIt(string type, DType dtype, byte[] data, double[] expected)
    {
        Tensor tensor = Read($"'descr': {type}, 'fortran_order': False, 'shape': (2,)", data);
        tensor.DType.Should().Be(dtype);
        tensor.Cast(DType.Float64).ToArray<double>().Should().Equal(expected);
    }

    [Fact]
    public void Read_FortranOrder_GivesLogicalOrder()
    {
        Tensor tensor = Read("'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)", [1, 4, 2, 5, 3, 6]);
        tensor.Shape.Should().Equal(2, 3);
        tensor.ToArray<byte>().Should().Equal(1, 2, 3, 4, 5, 6);
        tensor.IsContiguous.Should().BeTrue();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_LaterVersions_HaveLongerHeaders(byte version)
    {
        byte[] header = Encoding.ASCII.GetBytes("{\"shape\":(2L,),'fortran_order':False,'descr':'|u1'}\n");
        byte[] bytes = [0x93, .. "NUMPY"u8, version, 0, (byte)header.Length, 0, 0, 0, .. header, 8, 9];
        using TemporaryFolder folder = new();
        NpyFile.Read(folder.Write("x.npy", bytes)).ToArray<byte>().Should().Equal(8, 9);
    }

    [Theory]
    [InlineData("'descr': '<c8', 'fortran_order': False, 'shape': (1,)", "an element type among")]
    [InlineData("'descr': '|O', 'fortran_order': False, 'shape': (1,)", "an element type among")]
    [InlineData("'descr': '<u8', 'fortran_order': False, 'shape': (1,)", "an element type among")]
    [InlineData("'descr': '|f4', 'fortran_order': False, 'shape': (2,)", "an element type among")]
    [InlineData("'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)", "no record")]
    [InlineData("'descr': '<f4', 'fortran_order': 1, 'shape': (2,)", "True or False")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (2)", "a comma, as in (3,)")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (-2,)", "a size from 0")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)", "a size from 0")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,2)", "at most 8 axes")]
    [InlineData("'descr': '<f4', 'fortran_order': False", "once each")]
    [InlineData("'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)", "once each")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 1", "once each")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (3,)", "12 bytes of data")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (1,)", "4 bytes of data")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000000000, 1000)", "below 2^63")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (0, 1000000000, 1000000000, 1000)", "below 2^63")]
    [InlineData("'descr: '<f4'", "':'")]
    public void Read_BrokenHeader_SaysWhatIsExpected(string header, string expected)
    {
        Action read = () => Read(header, new byte[8]);
        read.Should().Throw<CorruptFileException>().Which.Expected.Should().Contain(expected);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P' })]
    [InlineData(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 9, 0, 1, 0, 0, 0 })]
    [InlineData(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 2, 0, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 200, 0, 0, 0 })]
    public void Read_NoHeader_IsCorrupt(byte[] content)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("x.npy", content);
        ((Action)(() => NpyFile.Read(path))).Should().Throw<CorruptFileException>().Which.Path.Should().Be(path);
    }

    [Fact]
    public void Read_TruthValueOfTwo_SaysWhere()
    {
        Action read = () => Read("'descr': '|b1', 'fortran_order': False, 'shape': (3,)", [1, 0, 2]);
        CorruptFileException exception = read.Should().Throw<CorruptFileException>().Which;
        (exception.Offset, exception.Found).Should().Be((130, "2"));
    }

    [Fact]
    public void Write_BFloat16_SaysCast()
    {
        using TemporaryFolder folder = new();
        Action write = () => NpyFile.Write(folder["x.npy"], Tensor.Zeros([2], DType.BFloat16));
        write.Should().Throw<DTypeException>().WithMessage("NpyFile: NumPy has no BFloat16. Use Cast(DType.Float32) first.");
        Directory.EnumerateFiles(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public void Write_AnyTensor_ReadsBackEqual() =>
        Gen.Select(Gen.Int[0, 5].Array[0, 5], Gen.Int[0, s_dtypes.Length - 1]).Sample(
            (sizes, dtype) =>
            {
                using TemporaryFolder folder = new();
                Shape shape = new([.. sizes.Select(size => (long)size)]);
                Tensor tensor = Tensor.Arange(0, shape.Length).Reshape(shape).Cast(s_dtypes[dtype]);
                NpyFile.Write(folder["x.npy"], tensor);
                Same(NpyFile.Read(folder["x.npy"]), tensor);
            },
            seed: "0000KOIPe036", iter: 100, threads: 1);

    internal static void Same(Tensor actual, Tensor expected)
    {
        actual.DType.Should().Be(expected.DType);
        actual.Shape.Should().Equal(expected.Shape);
        actual.Cast(DType.Float64).ToArray<double>().Should().Equal(expected.Cast(DType.Float64).ToArray<double>());
    }

    /// <summary>A file of version 1 with these entries of the dictionary, its header padded to 128 bytes.</summary>
    internal static byte[] Bytes(string entries, byte[] data)
    {
        byte[] header = Encoding.ASCII.GetBytes(("{" + entries + "}").PadRight(117) + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. data];
    }

    private static Tensor Read(string entries, byte[] data)
    {
        using TemporaryFolder folder = new();
        return NpyFile.Read(folder.Write("x.npy", Bytes(entries, data)));
    }
}
