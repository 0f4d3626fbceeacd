using System.Text;
using CsCheck;
using NeuralNet.Serialization;
using NeuralNet.Testing;
using static NeuralNet.Tests.Serialization.SafeTensorsFiles;

namespace NeuralNet.Tests.Serialization;

public class SafeTensorsWriterTests
{
    [Fact]
    public void Write_TinyModel_EqualsFileWrittenByHandFromSpecification()
    {
        using TemporaryFolder folder = new();
        string path = folder["tiny.safetensors"];
        SafeTensorsWriter.Write(
            path,
            [Item("on", DType.Bool, [2], 1, 0), Item("w", DType.Float32, [1, 2], 0, 0, 128, 63, 0, 0, 0, 192)],
            new Dictionary<string, string> { ["format"] = "pt" });

        // 0x90 = 144: the 143 characters of the header and a space; then 1.0f, −2.0f, true, false.
        const string header =
            """{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"on":{"dtype":"BOOL","shape":[2],"data_offsets":[8,10]}}""";
        byte[] expected =
        [
            0x90, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
            .. Encoding.ASCII.GetBytes(header), 0x20,
            0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0xC0, 0x01, 0x00,
        ];
        File.ReadAllBytes(path).Should().Equal(expected);
    }

    [Fact]
    public void Open_FileWrittenByHand_FindsTensorsAndMetadata()
    {
        using TemporaryFolder folder = new();
        const string json = """
            { "b": { "data_offsets": [8, 10], "shape": [2], "dtype": "BOOL" },
              "__metadata__": { "größe": "1" },
              "a\u00e9": { "dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8] },
              "scalar": { "dtype": "U8", "shape": [], "data_offsets": [10, 11] },
              "empty": { "dtype": "I64", "shape": [0, 3], "data_offsets": [8, 8] } }   
            """;
        string path = folder.Write("hand.safetensors", Bytes(json, 0, 0, 128, 63, 0, 0, 0, 192, 1, 0, 7));
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        long start = 8 + Encoding.UTF8.GetByteCount(json);
        file.Entries.Should().Equal(
            new SafeTensorsEntry("aé", DType.Float32, [1, 2], start, 8),
            new SafeTensorsEntry("empty", DType.Int64, [0, 3], start + 8, 0),
            new SafeTensorsEntry("b", DType.Bool, [2], start + 8, 2),
            new SafeTensorsEntry("scalar", DType.UInt8, [], start + 10, 1));
        file.Metadata.Should().Equal(new Dictionary<string, string> { ["größe"] = "1" });
        byte[] data = new byte[8];
        file.Read(file.Find("aé")!, data);
        BitConverter.ToSingle(data, 0).Should().Be(1f);
        BitConverter.ToSingle(data, 4).Should().Be(-2f);
        file.Find("nothing").Should().BeNull();
    }

    [Fact]
    public void Write_AnyTensors_ReadBackEqual()
    {
        Gen<string> name = Gen.Char['!', '\u2FFF'].Array[0, 12].Select(chars => new string(chars));
        Gen<(string Name, DType DType, long[] Sizes)> tensor = Gen.Select(name, Gen.Enum<DType>(), Gen.Long[0, 4].Array[0, 4]);
        Gen.Select(tensor.Array[0, 6], Gen.Dictionary(name, name)[0, 3]).Sample(
            (tensors, metadata) =>
            {
                using TemporaryFolder folder = new();
                string path = folder["any.safetensors"];
                SafeTensorsItem[] items =
                    [.. tensors.DistinctBy(t => t.Name).Where(t => t.Name != "__metadata__").Select(t => Filled(t.Name, t.DType, new Shape(t.Sizes)))];
                SafeTensorsWriter.Write(path, items, metadata);
                using SafeTensorsFile file = SafeTensorsFile.Open(path);
                file.Entries.Should().HaveCount(items.Length);
                file.Metadata.Should().BeEquivalentTo(metadata);
                foreach (SafeTensorsItem item in items)
                {
                    SafeTensorsEntry entry = file.Find(item.Name)!;
                    (entry.DType, entry.Shape, entry.Length).Should().Be((item.DType, item.Shape, item.Length));
                    byte[] data = new byte[entry.Length];
                    file.Read(entry, data);
                    data.Should().Equal(Content(item.Length));
                    (entry.Offset % item.DType.SizeOf()).Should().Be(0, "data are aligned");
                }
            },
            seed: "0000KOIPe036", iter: 100, threads: 1);
    }

    [Fact]
    public void Write_AllDTypes_SortsByFallingAlignmentThenName()
    {
        using TemporaryFolder folder = new();
        string path = folder["sorted.safetensors"];
        DType[] dtypes = Enum.GetValues<DType>();
        SafeTensorsWriter.Write(path, dtypes.SelectMany(dtype => (SafeTensorsItem[])[Filled($"b{dtype}", dtype, [1]), Filled($"a{dtype}", dtype, [1])]));
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        file.Entries.Select(entry => entry.Name).Should().Equal(
            "aInt64", "bInt64", "aFloat64", "bFloat64", "aFloat32", "bFloat32", "aInt32", "bInt32",
            "aBFloat16", "bBFloat16", "aFloat16", "bFloat16", "aUInt8", "bUInt8", "aBool", "bBool");
    }

    [Fact]
    public void Read_PartOfTensor_ReadsThatPart()
    {
        using TemporaryFolder folder = new();
        string path = folder["part.safetensors"];
        SafeTensorsWriter.Write(path, [Item("w", DType.UInt8, [5], 10, 11, 12, 13, 14)]);
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        byte[] part = new byte[2];
        file.Read(file.Entries[0], 3, part);
        part.Should().Equal(13, 14);
        Action beyond = () => file.Read(file.Entries[0], 4, part);
        beyond.Should().Throw<ArgumentOutOfRangeException>();
        Action wrongLength = () => file.Read(file.Entries[0], part);
        wrongLength.Should().Throw<ArgumentException>().WithMessage("*tensor 'w' has 5 bytes, the destination 2.*");
    }

    [Theory]
    [InlineData("w", "'w' is taken twice")]
    [InlineData("__metadata__", "'__metadata__' is taken twice or reserved")]
    public void Write_BadName_Throws(string name, string message)
    {
        using TemporaryFolder folder = new();
        Action write = () => SafeTensorsWriter.Write(folder["x"], [Item("w", DType.UInt8, [1], 1), Item(name, DType.UInt8, [1], 1)]);
        write.Should().Throw<ArgumentException>().WithMessage($"*{message}*");
        Directory.GetFileSystemEntries(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public void Write_NameIsHalfASurrogatePair_Throws()
    {
        using TemporaryFolder folder = new();
        Action write = () => SafeTensorsWriter.Write(folder["x"], [Item("\ud800", DType.UInt8, [1], 1)]);
        write.Should().Throw<ArgumentException>().WithMessage("*half a surrogate pair*");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Write_ItemWritesWrongLength_ThrowsAndKeepsOldFile(int written)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.safetensors", "old"u8);
        Action write = () => SafeTensorsWriter.Write(path, [Item("w", DType.Float32, [1], new byte[written])]);
        write.Should().Throw<InvalidOperationException>().WithMessage($"*tensor 'w' (Float32 [1]) has 4 bytes, {written} were written.*");
        File.ReadAllText(path).Should().Be("old");
    }

    private static SafeTensorsItem Filled(string name, DType dtype, Shape shape) =>
        new(name, dtype, shape, stream => stream.Write(Content(shape.Length * dtype.SizeOf())));

    /// <summary>Bytes that are valid for every dtype, truth values included.</summary>
    private static byte[] Content(long length) => [.. Enumerable.Range(0, (int)length).Select(i => (byte)(i % 3 & 1))];
}
