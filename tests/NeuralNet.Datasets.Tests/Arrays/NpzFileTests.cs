using System.IO.Compression;
using NeuralNet.Testing;

namespace NeuralNet.Datasets.Tests;

public class NpzFileTests
{
    [Fact]
    public void Read_FileOfNumPy_GivesItsArrays()
    {
        using TemporaryFolder folder = new();
        IReadOnlyDictionary<string, Tensor> arrays = NpzFile.Read(folder.Write("x.npz", NumPyFiles.Stored));
        arrays.Keys.Should().Equal("weight", "step", "mask");
        arrays["weight"].Shape.Should().Equal(2, 3);
        arrays["weight"].ToArray<float>().Should().Equal(0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f);
        arrays["step"].Item<long>().Should().Be(7);
        arrays["mask"].ToArray<bool>().Should().Equal(true, false);
    }

    [Fact]
    public void Read_CompressedFileOfNumPy_GivesItsArrays()
    {
        using TemporaryFolder folder = new();
        IReadOnlyDictionary<string, Tensor> arrays = NpzFile.Read(folder.Write("x.npz", NumPyFiles.Compressed));
        NpyFileTests.Same(arrays["weight"], Tensor.Zeros([40, 25], DType.Float64));
        NpyFileTests.Same(arrays["names"], Tensor.From([1, 2], [2]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_ThenRead_GivesEqualArraysAndTheSameBytesEachTime(bool compress)
    {
        using TemporaryFolder folder = new();
        Dictionary<string, Tensor> arrays = new()
        {
            ["layer/weight"] = Tensor.Arange(0, 60_000).Reshape(300, 200),
            ["empty"] = Tensor.Zeros([0, 3], DType.Float64),
            ["one"] = Tensor.Full([], true, DType.Bool),
        };
        NpzFile.Write(folder["x.npz"], arrays, compress);
        NpzFile.Write(folder["y.npz"], arrays, compress);
        IReadOnlyDictionary<string, Tensor> read = NpzFile.Read(folder["x.npz"]);
        read.Keys.Should().Equal(arrays.Keys);
        foreach ((string name, Tensor array) in arrays)
            NpyFileTests.Same(read[name], array);
        File.ReadAllBytes(folder["y.npz"]).Should().Equal(File.ReadAllBytes(folder["x.npz"]));
        (new FileInfo(folder["x.npz"]).Length < 300_000).Should().Be(compress);
    }

    [Fact]
    public void Write_BFloat16_NamesTheArrayAndKeepsTheOldFile()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("x.npz", [1, 2, 3]);
        Action write = () => NpzFile.Write(path, new Dictionary<string, Tensor> { ["w"] = Tensor.Zeros([2], DType.BFloat16) });
        write.Should().Throw<DTypeException>().WithMessage("NpzFile: w: NumPy has no BFloat16*");
        File.ReadAllBytes(path).Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Read_NoArchive_IsCorrupt() => ReadCorrupt("no zip archive at all"u8.ToArray()).Expected.Should().Contain("a zip archive");

    [Fact]
    public void Read_DamagedElement_SaysChecksum()
    {
        byte[] content = NumPyFiles.Stored;
        int index = content.AsSpan().IndexOf(new byte[] { 0, 0, 0, 0x3F, 0, 0, 0xC0, 0x3F });
        content[index] = 1;
        CorruptFileException exception = ReadCorrupt(content);
        exception.Expected.Should().StartWith("the checksum ");
        exception.Path.Should().EndWith("x.npz/weight.npy");
    }

    [Fact]
    public void Read_EntryThatIsNoArray_IsCorrupt() => ReadCorrupt(Archive("notes.txt", [1, 2, 3])).Expected.Should().Contain("NUMPY");

    [Fact]
    public void Read_TheSameNameTwice_IsCorrupt()
    {
        byte[] array = NpyFileTests.Bytes("'descr': '|u1', 'fortran_order': False, 'shape': (1,)", [5]);
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (int i = 0; i < 2; i++)
            {
                using Stream entry = archive.CreateEntry("x.npy").Open();
                entry.Write(array);
            }
        }
        ReadCorrupt(stream.ToArray()).Found.Should().Be("the same name twice");
    }

    [Fact]
    public void Read_BombOfOneEntry_IsRefusedOrCostsWhatItsBytesJustify()
    {
        byte[] bomb = Archive("x.npy", NpyFileTests.Bytes("'descr': '|u1', 'fortran_order': False, 'shape': (20000000,)", new byte[20_000_000]));
        bomb.Length.Should().BeLessThan(30_000);
        using TemporaryFolder folder = new();
        NpzFile.Read(folder.Write("x.npz", bomb))["x"].Length.Should().Be(20_000_000, "deflate makes as much of as many bytes");
        // The length that the directory claims, beyond what deflate can make.
        int directory = bomb.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(bomb.AsSpan(directory + 24), 2_000_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadCorrupt(bomb).Found.Should().Be("a claim of 2000000000 bytes");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(200_000);
    }

    [Fact]
    public void Read_OverlappingEntries_AreRefusedTogether()
    {
        // Hundreds of directory entries that all point to the same compressed bytes.
        byte[] single = Archive("x.npy", NpyFileTests.Bytes("'descr': '|u1', 'fortran_order': False, 'shape': (2000000,)", new byte[2_000_000]));
        int directory = single.AsSpan().LastIndexOf("PK\x01\x02"u8);
        int end = single.AsSpan().LastIndexOf("PK\x05\x06"u8);
        byte[] entry = single[directory..end];
        const int count = 500;
        List<byte> bomb = [.. single[..directory]];
        for (int i = 0; i < count; i++)
            bomb.AddRange(entry);
        byte[] tail = single[end..];
        BitConverter.TryWriteBytes(tail.AsSpan(8), (ushort)count);
        BitConverter.TryWriteBytes(tail.AsSpan(10), (ushort)count);
        BitConverter.TryWriteBytes(tail.AsSpan(12), count * entry.Length);
        bomb.AddRange(tail);
        ReadCorrupt([.. bomb]).Should().NotBeNull();
    }

    private static byte[] Archive(string name, byte[] content)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry(name, CompressionLevel.SmallestSize).Open();
            entry.Write(content);
        }
        return stream.ToArray();
    }

    private static CorruptFileException ReadCorrupt(byte[] content)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("x.npz", content);
        return ((Action)(() => NpzFile.Read(path))).Should().Throw<CorruptFileException>().Which;
    }
}
