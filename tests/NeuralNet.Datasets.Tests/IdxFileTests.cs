using System.Runtime.InteropServices;
using CsCheck;
using NeuralNet.Testing;
using static NeuralNet.Datasets.Tests.IdxFiles;

namespace NeuralNet.Datasets.Tests;

public class IdxFileTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadArray_UnsignedBytes_ReadsSizesAndData(bool compressed)
    {
        IdxArray array = Read(Packed(compressed, Bytes(0x08, [2, 3], 1, 2, 3, 253, 254, 255)));
        array.Type.Should().Be(IdxType.UnsignedByte);
        array.Sizes.Should().Equal(2, 3);
        array.Data.Should().Equal(1, 2, 3, 253, 254, 255);
    }

    [Fact]
    public void ReadArray_EachWiderType_TurnsBigEndianIntoMachineOrder()
    {
        As<sbyte>(0x09, 0xFF, 0x02).Should().Equal(-1, 2);
        As<short>(0x0B, 0x01, 0x02, 0xFF, 0xFE).Should().Equal(0x0102, -2);
        As<int>(0x0C, 0x01, 0x02, 0x03, 0x04, 0xFF, 0xFF, 0xFF, 0xFE).Should().Equal(0x01020304, -2);
        As<float>(0x0D, 0x3F, 0x80, 0x00, 0x00, 0xC0, 0x00, 0x00, 0x00).Should().Equal(1f, -2f);
        As<double>(0x0E, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0).Should().Equal(1d, -2d);

        static T[] As<T>(byte type, params byte[] data)
            where T : unmanaged => MemoryMarshal.Cast<byte, T>(Read(Bytes(type, [2], data)).Data).ToArray();
    }

    [Fact]
    public void Read_EachType_GivesTensorThatHoldsIt()
    {
        Check<byte>(0x08, DType.UInt8, [200, 7], 200, 7);
        Check(0x09, DType.Int32, [-1, 2], 0xFF, 0x02);
        Check(0x0B, DType.Int32, [0x0102, -2], 0x01, 0x02, 0xFF, 0xFE);
        Check(0x0C, DType.Int32, [0x01020304, -2], 0x01, 0x02, 0x03, 0x04, 0xFF, 0xFF, 0xFF, 0xFE);
        Check(0x0D, DType.Float32, [1f, -2f], 0x3F, 0x80, 0x00, 0x00, 0xC0, 0x00, 0x00, 0x00);
        Check(0x0E, DType.Float64, [1d, -2d], 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0);

        static void Check<T>(byte type, DType dtype, T[] expected, params byte[] data)
            where T : unmanaged
        {
            using TemporaryFolder folder = new();
            Tensor tensor = IdxFile.Read(folder.Write("array", Bytes(type, [2, 1], data)));
            tensor.DType.Should().Be(dtype);
            tensor.Shape.Should().Equal(2, 1);
            tensor.ToArray<T>().Should().Equal(expected);
        }
    }

    [Fact]
    public void ReadArray_EmptyAxis_ReadsNoData()
    {
        IdxArray array = Read(Bytes(0x0D, [0, 28]));
        array.Sizes.Should().Equal(0, 28);
        array.Data.Should().BeEmpty();
    }

    [Fact]
    public void ReadArray_AnyArray_ReadsBackEqual() =>
        Gen.Select(Gen.Int[0, 9].Array[1, 4], Gen.Bool).Sample(
            (sizes, compressed) =>
            {
                byte[] data = [.. Enumerable.Range(0, sizes.Aggregate(1, (a, b) => a * b)).Select(i => (byte)(i * 31))];
                IdxArray array = Read(Packed(compressed, Bytes(0x08, sizes, data)));
                array.Sizes.Should().Equal(sizes.Select(size => (long)size));
                array.Data.Should().Equal(data);
            },
            seed: "0000KOIPe036", iter: 100, threads: 1);

    [Fact]
    public void ReadArray_CompressedDataOfManyChunks_ReadsAll()
    {
        byte[] data = new byte[300_001];
        new Random(1).NextBytes(data);
        Read(Gzip(Bytes(0x08, [300_001], data))).Data.Should().Equal(data);
    }

    private static byte[] Packed(bool compressed, byte[] content) => compressed ? Gzip(content) : content;
}
