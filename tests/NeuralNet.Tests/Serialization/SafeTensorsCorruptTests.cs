using System.Text;
using NeuralNet.Serialization;
using static NeuralNet.Tests.Serialization.SafeTensorsFiles;

namespace NeuralNet.Tests.Serialization;

/// <summary>Each way to break a safetensors file, and what the reader says about it.</summary>
public class SafeTensorsCorruptTests
{
    [Fact]
    public void Open_FileShorterThanPrefix_SaysSo()
    {
        CorruptFileException exception = ReadCorrupt(1, 2, 3);
        exception.Offset.Should().Be(0);
        exception.Expected.Should().Be("8 bytes with the length of the header");
        exception.Found.Should().Be("3");
    }

    [Fact]
    public void Open_HeaderLongerThanFile_SaysBothLengths()
    {
        CorruptFileException exception = ReadCorrupt(100, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}');
        exception.Offset.Should().Be(0);
        exception.Expected.Should().Be("a header within the 2 bytes that follow");
        exception.Found.Should().Be("100");
    }

    [Fact]
    public void Open_HeaderOverLimit_SaysLimit()
    {
        CorruptFileException exception = ReadCorrupt(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
        exception.Expected.Should().Be("a header of at most 100000000 bytes");
        exception.Found.Should().Be("18446744073709551615");
    }

    [Fact]
    public void Open_GigabyteClaimInSmallFile_AllocatesNothing()
    {
        // The header may just be so long, the file is not; and a tensor claims as much.
        byte[] longHeader = [0x00, 0xE0, 0xF5, 0x05, 0, 0, 0, 0, .. new byte[92]];
        byte[] longTensor = Bytes("""{"w":{"dtype":"F32","shape":[268435456],"data_offsets":[0,1073741824]}}""", new byte[20]);
        ReadCorrupt(longHeader);
        foreach (byte[] content in (byte[][])[longHeader, longTensor])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ReadCorrupt(content);
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(200_000, "the test itself needs some of it");
        }
    }

    [Fact]
    public void Open_EmptyHeader_SaysWhatIsMissing()
    {
        CorruptFileException exception = ReadCorrupt(Bytes(""));
        exception.Offset.Should().Be(8);
        exception.Expected.Should().Be("a header that begins with '{'");
        exception.Found.Should().Be("the end of the header");
    }

    [Fact]
    public void Open_HeaderIsNoObject_SaysByte()
    {
        CorruptFileException exception = ReadCorrupt(Bytes(" {}"));
        exception.Expected.Should().Be("a header that begins with '{'");
        exception.Found.Should().Be("the byte 0x20");
    }

    [Fact]
    public void Open_MalformedJson_SaysPosition()
    {
        CorruptFileException exception = ReadCorrupt(Bytes("""{"w":!}"""));
        exception.Offset.Should().Be(8 + 5);
        exception.Expected.Should().StartWith("well-formed JSON");
        exception.Found.Should().Be("the byte 0x21");
    }

    [Fact]
    public void Open_UnfinishedJson_SaysEndOfHeader()
    {
        CorruptFileException exception = ReadCorrupt(Bytes("""{"w":{"dtype":"F32" """));
        exception.Expected.Should().StartWith("well-formed JSON");
        exception.Found.Should().Be("the end of the header");
    }

    [Fact]
    public void Open_TextAfterHeaderObject_SaysByte()
    {
        CorruptFileException exception = ReadCorrupt(Bytes("{} x"));
        exception.Offset.Should().Be(8 + 3);
        exception.Found.Should().Be("the byte 0x78");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("""{"a":""")]
    public void Open_DeepJson_IsRefused(string bracket)
    {
        string nest = string.Concat(Enumerable.Repeat(bracket, 100_000));
        ReadCorrupt(Bytes($$"""{"w":{{nest}}""")).Expected.Should().NotBeEmpty();
        ReadCorrupt(Bytes($$"""{"w":{"dtype":"F32","shape":{{nest}}""")).Offset.Should().BeGreaterThan(8);
        ReadCorrupt(Bytes($$"""{"__metadata__":{"a":{{nest}}""")).Expected.Should().NotBeEmpty();
    }

    [Fact]
    public void Open_JsonFourLevelsDeep_SaysLimit()
    {
        CorruptFileException exception = ReadCorrupt(Bytes("""{"w":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 0, 0, 0, 0));
        exception.Expected.Should().Be("well-formed JSON, at most 3 levels deep");
    }

    [Fact]
    public void Open_NameTwice_SaysName()
    {
        const string entry = """{"dtype":"U8","shape":[1],"data_offsets":[0,1]}""";
        CorruptFileException exception = ReadCorrupt(Bytes($$"""{"w":{{entry}},"\u0077":{{entry}}}""", 1));
        exception.Expected.Should().Be("each name once");
        exception.Found.Should().Be("'w' again");
        exception.Offset.Should().Be(8 + 6 + entry.Length);
    }

    [Fact]
    public void Open_MetadataTwice_SaysSo()
    {
        CorruptFileException exception = ReadCorrupt(Bytes("""{"__metadata__":{},"__metadata__":{}}"""));
        exception.Found.Should().Be("'__metadata__' again");
    }

    [Fact]
    public void Open_MetadataKeyTwice_SaysKey()
    {
        CorruptFileException exception = ReadCorrupt(Bytes("""{"__metadata__":{"k":"a","k":"b"}}"""));
        exception.Expected.Should().Be("each key of the metadata once");
        exception.Found.Should().Be("'k' again");
    }

    [Fact]
    public void Open_MetadataValueIsNoString_SaysKind()
    {
        CorruptFileException exception = ReadCorrupt(Bytes("""{"__metadata__":{"k":1}}"""));
        exception.Expected.Should().Be("a string for the metadata 'k'");
        exception.Found.Should().Be("JSON of kind Number");
    }

    [Fact]
    public void Open_MetadataIsNoObject_SaysKind()
    {
        CorruptFileException exception = ReadCorrupt(Bytes("""{"__metadata__":"x"}"""));
        exception.Expected.Should().Be("an object with the metadata");
    }

    [Theory]
    [InlineData("F12")]
    [InlineData("I16")]
    [InlineData("f32")]
    [InlineData("")]
    public void Open_UnknownDType_SaysDTypesThatAre(string dtype)
    {
        CorruptFileException exception = ReadCorrupt(Entry($"\"{dtype}\"", "[1]", "[0,4]"));
        exception.Expected.Should().Be("a dtype of tensor 'w' among I64, F64, F32, I32, BF16, F16, U8, BOOL");
        exception.Found.Should().Be($"'{dtype}'");
    }

    [Fact]
    public void Open_DTypeIsNoString_SaysKind() =>
        ReadCorrupt(Entry("32", "[1]", "[0,4]")).Found.Should().Be("JSON of kind Number");

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e0")]
    [InlineData("9223372036854775808")]
    public void Open_SizeIsNoSize_SaysNumber(string size)
    {
        CorruptFileException exception = ReadCorrupt(Entry("\"F32\"", $"[{size}]", "[0,4]"));
        exception.Expected.Should().Be("a size of tensor 'w': an integer from 0 to 2^63 − 1");
        exception.Found.Should().Be(size);
    }

    [Theory]
    [InlineData("[4294967296,4294967296]")]
    [InlineData("[2305843009213693952]")]
    [InlineData("[9223372036854775807,9223372036854775807,9223372036854775807,9223372036854775807]")]
    [InlineData("[4294967296,4294967296,0]")]
    public void Open_SizesOverflow_SaysShape(string shape)
    {
        CorruptFileException exception = ReadCorrupt(Entry("\"F32\"", shape, "[0,0]"));
        exception.Expected.Should().Be("a shape of at most 2^59 elements for tensor 'w'");
        exception.Found.Should().Be(shape.Replace(",", ", ", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_TooManyAxes_SaysLimit()
    {
        CorruptFileException exception = ReadCorrupt(Entry("\"F32\"", "[1,1,1,1,1,1,1,1,1]", "[0,4]"));
        exception.Expected.Should().Be("at most 8 axes of tensor 'w'");
    }

    [Fact]
    public void Open_ShapeIsNoArray_SaysKind() =>
        ReadCorrupt(Entry("\"F32\"", "4", "[0,4]")).Expected.Should().Be("an array with the shape of tensor 'w'");

    [Fact]
    public void Open_OffsetsDisagreeWithShape_SaysBothLengths()
    {
        CorruptFileException exception = ReadCorrupt(Entry("\"F32\"", "[2]", "[0,4]"));
        exception.Expected.Should().Be("8 bytes for tensor 'w' (F32 [2])");
        exception.Found.Should().Be("'data_offsets' [0, 4], 4 bytes");
    }

    [Theory]
    [InlineData("[4,0]", "[4, 0]")]
    [InlineData("[0,8]", "[0, 8]")]
    [InlineData("[9223372036854775803,9223372036854775807]", "[9223372036854775803, 9223372036854775807]")]
    public void Open_OffsetsBeyondData_SaysRange(string offsets, string found)
    {
        CorruptFileException exception = ReadCorrupt(Entry("\"F32\"", "[1]", offsets));
        exception.Expected.Should().Be("offsets of tensor 'w' in order and within the 4 bytes of data");
        exception.Found.Should().Be(found);
    }

    [Theory]
    [InlineData("[-4,0]")]
    [InlineData("[0]")]
    [InlineData("[0,4,8]")]
    [InlineData("[]")]
    [InlineData("4")]
    [InlineData("[\"0\",\"4\"]")]
    public void Open_OffsetsAreNoPair_SaysSo(string offsets) =>
        ReadCorrupt(Entry("\"F32\"", "[1]", offsets)).Expected.Should().StartWith("an array of two offsets of tensor 'w'");

    [Fact]
    public void Open_TruncatedData_SaysLengthThatIs()
    {
        byte[] whole = Entry("\"F32\"", "[1]", "[0,4]");
        CorruptFileException exception = ReadCorrupt(whole[..^1]);
        exception.Expected.Should().Be("offsets of tensor 'w' in order and within the 3 bytes of data");
        exception.Found.Should().Be("[0, 4]");
    }

    [Fact]
    public void Open_TrailingBytes_SaysHowMany()
    {
        byte[] whole = Entry("\"F32\"", "[1]", "[0,4]");
        CorruptFileException exception = ReadCorrupt([.. whole, 1, 2]);
        exception.Offset.Should().Be(whole.Length);
        exception.Expected.Should().Be("the end of the file after the last tensor");
        exception.Found.Should().Be("2 more bytes");
    }

    [Fact]
    public void Open_OverlappingTensors_SaysWhich()
    {
        const string json = """
            {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[3,7]}}
            """;
        CorruptFileException exception = ReadCorrupt(Bytes(json, new byte[7]));
        exception.Offset.Should().Be(8 + json.Length + 4);
        exception.Expected.Should().Be("data of tensor 'b' to begin where the data before it end");
        exception.Found.Should().Be($"an overlap with the tensor before it: they begin at byte {8 + json.Length + 3}");
    }

    [Fact]
    public void Open_HoleBetweenTensors_SaysWhere()
    {
        const string json = """
            {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[5,9]}}
            """;
        CorruptFileException exception = ReadCorrupt(Bytes(json, new byte[9]));
        exception.Offset.Should().Be(8 + json.Length + 4);
        exception.Found.Should().Be($"a hole before it: they begin at byte {8 + json.Length + 5}");
    }

    [Fact]
    public void Open_EntryIsNoObject_SaysKind()
    {
        CorruptFileException exception = ReadCorrupt(Bytes("""{"w":[1]}"""));
        exception.Expected.Should().Be("an object that describes tensor 'w'");
        exception.Found.Should().Be("JSON of kind StartArray");
    }

    [Theory]
    [InlineData("dtype", """{"shape":[1],"data_offsets":[0,4]}""")]
    [InlineData("shape", """{"dtype":"F32","data_offsets":[0,4]}""")]
    [InlineData("data_offsets", """{"dtype":"F32","shape":[1]}""")]
    public void Open_KeyMissing_SaysWhich(string key, string entry)
    {
        CorruptFileException exception = ReadCorrupt(Bytes($$"""{"w":{{entry}}}""", new byte[4]));
        exception.Expected.Should().Be($"'{key}' for tensor 'w'");
        exception.Found.Should().Be("none");
    }

    [Theory]
    [InlineData("dtype", "\"F32\"")]
    [InlineData("shape", "[1]")]
    [InlineData("data_offsets", "[0,4]")]
    [InlineData("scale", "1")]
    public void Open_KeyTwiceOrUnknown_SaysWhich(string key, string value)
    {
        string json = $$"""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"{{key}}":{{value}} } }""";
        CorruptFileException exception = ReadCorrupt(Bytes(json, new byte[4]));
        exception.Expected.Should().Be("'dtype', 'shape' and 'data_offsets', each once, for tensor 'w'");
        exception.Found.Should().Be($"'{key}'");
    }

    [Fact]
    public void Open_NameIsNoUtf8_SaysSo()
    {
        byte[] json = Encoding.UTF8.GetBytes("""{"w":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""");
        json[2] = 0xFF;
        ReadCorrupt(Bytes(json)).Expected.Should().Be("text in valid UTF-8");
        ReadCorrupt(Bytes("""{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""")).Offset.Should().Be(9);
    }

    [Fact]
    public void Open_LongHostileName_MessageStaysShortAndPrintable()
    {
        string name = new string('\u0007', 10) + new string('n', 50_000);
        string json = $$"""{"{{name.Replace("\u0007", "\\u0007", StringComparison.Ordinal)}}":1}""";
        CorruptFileException exception = ReadCorrupt(Bytes(json));
        exception.Message.Length.Should().BeLessThan(500);
        exception.Message.Should().Contain("'??????????nnn").And.NotContain("\u0007");
    }

    [Fact]
    public void Read_TruthValueIsTwo_SaysWhere()
    {
        const string json = """{"mask":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}""";
        CorruptFileException exception = ReadCorrupt(Bytes(json, 0, 1, 2));
        exception.Offset.Should().Be(8 + json.Length + 2);
        exception.Expected.Should().Be("0 or 1 in the BOOL tensor 'mask'");
        exception.Found.Should().Be("2");
    }

    [Fact]
    public void Open_NoSuchFile_ThrowsFileNotFound()
    {
        Action open = () => SafeTensorsFile.Open("/no/such/model.safetensors");
        open.Should().Throw<IOException>().Which.Should().NotBeOfType<CorruptFileException>();
    }

    private static byte[] Entry(string dtype, string shape, string offsets) =>
        Bytes($"{{\"w\":{{\"dtype\":{dtype},\"shape\":{shape},\"data_offsets\":{offsets}}}}}", 0, 0, 128, 63);
}
