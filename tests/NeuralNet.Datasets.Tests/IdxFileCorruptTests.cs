using NeuralNet.Testing;
using static NeuralNet.Datasets.Tests.IdxFiles;

namespace NeuralNet.Datasets.Tests;

/// <summary>Each way to break an IDX file, and what the reader says about it.</summary>
public class IdxFileCorruptTests
{
    [Fact]
    public void ReadArray_EmptyFile_SaysSo()
    {
        CorruptFileException exception = ReadCorrupt();
        exception.Offset.Should().Be(0);
        exception.Expected.Should().Be("the 4 bytes of an IDX magic number");
        exception.Found.Should().Be("0 bytes");
    }

    [Fact]
    public void ReadArray_WrongMagic_SaysBytes()
    {
        CorruptFileException exception = ReadCorrupt("PK\u0003\u0004"u8.ToArray());
        exception.Offset.Should().Be(0);
        exception.Expected.Should().Be("the two zero bytes of an IDX magic number");
        exception.Found.Should().Be("0x50 0x4B");
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x0A)]
    [InlineData(0x0F)]
    public void ReadArray_UnknownType_SaysCode(byte type)
    {
        CorruptFileException exception = ReadCorrupt(Bytes(type, [1], 0));
        exception.Offset.Should().Be(2);
        exception.Expected.Should().Be("an IDX type code among 0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E");
        exception.Found.Should().Be($"0x{type:X2}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(255)]
    public void ReadArray_WrongNumberOfAxes_SaysRange(int rank)
    {
        CorruptFileException exception = ReadCorrupt([0, 0, 8, (byte)rank, .. new byte[4 * rank]]);
        exception.Offset.Should().Be(3);
        exception.Expected.Should().Be("1 to 8 axes");
        exception.Found.Should().Be($"{rank}");
    }

    [Fact]
    public void ReadArray_TruncatedSizes_SaysHowManyBytes()
    {
        CorruptFileException exception = ReadCorrupt(0, 0, 8, 3, 0, 0, 0, 1, 0, 0);
        exception.Offset.Should().Be(4);
        exception.Expected.Should().Be("the sizes of 3 axes");
        exception.Found.Should().Be("6 bytes");
    }

    [Fact]
    public void ReadArray_NegativeSize_SaysAxis()
    {
        CorruptFileException exception = ReadCorrupt(Bytes(0x08, [1, -2], 0));
        exception.Offset.Should().Be(8);
        exception.Expected.Should().Be("a size of axis 1 that is not negative");
        exception.Found.Should().Be("-2");
    }

    [Theory]
    [InlineData(new[] { 65536, 65536 }, "[65536, 65536]")]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue }, "[2147483647, 2147483647, 2147483647, 2147483647]")]
    [InlineData(new[] { int.MaxValue, int.MaxValue, 0 }, "[2147483647, 2147483647, 0]")]
    public void ReadArray_SizesOverflow_SaysSizes(int[] sizes, string found)
    {
        CorruptFileException exception = ReadCorrupt(Bytes(0x08, sizes, 0));
        exception.Offset.Should().Be(4);
        exception.Expected.Should().Be("at most 2147483591 bytes of data");
        exception.Found.Should().Be($"the sizes {found}");
    }

    [Fact]
    public void ReadArray_TruncatedData_SaysBothLengths()
    {
        CorruptFileException exception = ReadCorrupt(Bytes(0x0C, [2, 3], new byte[23]));
        exception.Offset.Should().Be(12);
        exception.Expected.Should().Be("24 bytes of data for the sizes [2, 3]");
        exception.Found.Should().Be("23");
    }

    [Fact]
    public void ReadArray_TrailingBytes_SaysHowMany()
    {
        CorruptFileException exception = ReadCorrupt(Bytes(0x08, [2], 1, 2, 3, 4, 5));
        exception.Offset.Should().Be(10);
        exception.Expected.Should().Be("the end of the file after the last element");
        exception.Found.Should().Be("3 more bytes");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadArray_GigabyteClaimInSmallFile_AllocatesNothing(bool compressed)
    {
        byte[] content = Bytes(0x08, [1 << 30], new byte[92]);
        content = compressed ? Gzip(content) : content;
        ReadCorrupt(content).Expected.Should().Be("1073741824 bytes of data for the sizes [1073741824]");
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadCorrupt(content);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(200_000, "the test itself needs some of it");
    }

    [Fact]
    public void ReadArray_CompressedClaimThatItsLengthAllows_AllocatesAsDataArrive()
    {
        // Random bytes do not compress: the file is long enough to claim 100 MB, but holds 200 KB.
        byte[] noise = new byte[200_000];
        new Random(1).NextBytes(noise);
        using TemporaryFolder folder = new();
        string path = folder.Write("claim.gz", Gzip(Bytes(0x08, [100_000_000], noise)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        CorruptFileException exception = ((Action)(() => IdxFile.ReadArray(path))).Should().Throw<CorruptFileException>().Which;
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000);
        exception.Offset.Should().Be(8 + 200_000);
        exception.Expected.Should().Be("100000000 bytes of data");
        exception.Found.Should().Be("200000");
    }

    [Fact]
    public void ReadArray_GzipBomb_IsNotInflatedBeyondItsClaim()
    {
        // 64 MB of zeros in 64 KB, of which the header claims two bytes.
        using TemporaryFolder folder = new();
        string path = folder.Write("bomb.gz", Gzip(Bytes(0x08, [2], new byte[64 << 20])));
        long before = GC.GetAllocatedBytesForCurrentThread();
        CorruptFileException exception = ((Action)(() => IdxFile.ReadArray(path))).Should().Throw<CorruptFileException>().Which;
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(200_000);
        exception.Offset.Should().Be(10);
        exception.Expected.Should().Be("the end of the file after the last element");
        exception.Found.Should().Be("more bytes");
    }

    [Fact]
    public void ReadArray_TruncatedGzip_IsCorrupt()
    {
        byte[] whole = Gzip(Bytes(0x08, [40], [.. Enumerable.Range(0, 40).Select(i => (byte)(i * 37))]));
        for (int length = 2; length < whole.Length; length++)
            ReadCorrupt(whole[..length]).Offset.Should().BeInRange(0, 48);
    }

    [Fact]
    public void ReadArray_BytesBehindGzip_SaysLength()
    {
        CorruptFileException exception = ReadCorrupt([.. Gzip(Bytes(0x08, [3], 1, 2, 3)), 1, 0, 0, 0, 0]);
        exception.Offset.Should().Be(11);
        exception.Expected.Should().Be("the length 11 at the end of the gzip data");
        exception.Found.Should().Be("0");
    }

    [Fact]
    public void ReadArray_GzipWithWrongChecksum_SaysSo()
    {
        byte[] content = Gzip(Bytes(0x08, [3], 1, 2, 3));
        content[^8] ^= 1;
        CorruptFileException exception = ReadCorrupt(content);
        exception.Expected.Should().Be("well-formed gzip data");
        exception.Found.Should().Be("data that do not decompress");
        exception.InnerException.Should().BeOfType<InvalidDataException>();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void ReadArray_DamagedFile_ThrowsOnlyCorruptFileException(int seed, bool compressed)
    {
        byte[] data = [.. Enumerable.Range(0, 240).Select(i => (byte)(i * i))];
        byte[] whole = Bytes(0x0D, [3, 4, 5], data);
        whole = compressed ? Gzip(whole) : whole;
        ByteMutator mutator = new(seed);
        using TemporaryFolder folder = new();
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            string path = folder.Write("array", mutator.Mutate(whole, headerLength: 16));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                IdxFile.ReadArray(path);
            }
            catch (CorruptFileException)
            {
                refused++;
            }
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(600_000, "input {0} is a file of some 250 bytes", i);
        }
        refused.Should().BeGreaterThan(1000, "most damage breaks the format");
    }
}
