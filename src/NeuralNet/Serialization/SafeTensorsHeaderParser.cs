using System.Text.Json;
using static NeuralNet.Serialization.SafeTensorsFormat;

namespace NeuralNet.Serialization;

/// <summary>Reads the JSON of a safetensors header token by token; whatever the format does not know is an error.</summary>
internal ref struct SafeTensorsHeaderParser
{
    private readonly string _path;
    private readonly ReadOnlySpan<byte> _json;
    private readonly long _dataLength;
    private readonly Dictionary<string, SafeTensorsEntry> _entries = [];
    private readonly Dictionary<string, string> _metadata = [];
    private Utf8JsonReader _reader;

    /// <param name="path">The path, for messages.</param>
    /// <param name="json">The header.</param>
    /// <param name="dataLength">The number of bytes after it.</param>
    public SafeTensorsHeaderParser(string path, ReadOnlySpan<byte> json, long dataLength)
    {
        _path = path;
        _json = json;
        _dataLength = dataLength;
        // The format nests three deep: header, tensor, shape.
        _reader = new(json, new JsonReaderOptions { MaxDepth = 3 });
    }

    private readonly long Position => PrefixLength + _reader.TokenStartIndex;

    public SafeTensorsHeader Parse()
    {
        if (_json.IsEmpty || _json[0] != '{')
            throw new CorruptFileException(_path, PrefixLength, "a header that begins with '{'", DescribeByte(0));
        try
        {
            _reader.Read();
            ParseHeader();
            // Only white space may follow; the reader refuses anything else.
            _reader.Read();
        }
        catch (JsonException exception)
        {
            long index = exception.LineNumber == 0 ? exception.BytePositionInLine ?? 0 : _reader.BytesConsumed;
            throw new CorruptFileException(
                _path, PrefixLength + index, "well-formed JSON, at most 3 levels deep", DescribeByte(index), exception);
        }
        SafeTensorsEntry[] entries = [.. _entries.Values.OrderBy(entry => entry.Offset).ThenBy(entry => entry.Length)];
        return new(entries, _metadata);
    }

    private void ParseHeader()
    {
        bool hasMetadata = false;
        while (Next() != JsonTokenType.EndObject)
        {
            long position = Position;
            string name = Text();
            Next();
            if (name != MetadataKey)
            {
                if (!_entries.TryAdd(name, ParseEntry(name)))
                    throw new CorruptFileException(_path, position, "each name once", $"{Quote(name)} again");
            }
            else if (hasMetadata)
            {
                throw new CorruptFileException(_path, position, "each name once", $"'{MetadataKey}' again");
            }
            else
            {
                ParseMetadata();
                hasMetadata = true;
            }
        }
    }

    private void ParseMetadata()
    {
        Expect(JsonTokenType.StartObject, "an object with the metadata");
        while (Next() != JsonTokenType.EndObject)
        {
            long position = Position;
            string key = Text();
            Next();
            Expect(JsonTokenType.String, $"a string for the metadata {Quote(key)}");
            if (!_metadata.TryAdd(key, Text()))
                throw new CorruptFileException(_path, position, "each key of the metadata once", $"{Quote(key)} again");
        }
    }

    private SafeTensorsEntry ParseEntry(string name)
    {
        string quoted = Quote(name);
        long position = Position;
        Expect(JsonTokenType.StartObject, $"an object that describes tensor {quoted}");
        DType? dtype = null;
        Shape? shape = null;
        (long Begin, long End)? offsets = null;
        while (Next() != JsonTokenType.EndObject)
        {
            long keyPosition = Position;
            string key = Text();
            Next();
            switch (key)
            {
                case DTypeKey when dtype is null:
                    dtype = ParseDType(quoted);
                    break;
                case ShapeKey when shape is null:
                    shape = ParseShape(quoted);
                    break;
                case OffsetsKey when offsets is null:
                    offsets = ParseOffsets(quoted);
                    break;
                default:
                    string expected = $"'{DTypeKey}', '{ShapeKey}' and '{OffsetsKey}', each once, for tensor {quoted}";
                    throw new CorruptFileException(_path, keyPosition, expected, Quote(key));
            }
        }
        string? missing = dtype is null ? DTypeKey : shape is null ? ShapeKey : offsets is null ? OffsetsKey : null;
        if (missing is not null)
            throw new CorruptFileException(_path, position, $"'{missing}' for tensor {quoted}", "none");

        long length = shape!.Value.Length * dtype!.Value.SizeOf();
        (long begin, long end) = offsets!.Value;
        if (end - begin != length)
        {
            string expected = $"{length} bytes for tensor {quoted} ({NameOf(dtype.Value)} {shape})";
            throw new CorruptFileException(_path, position, expected, $"'{OffsetsKey}' [{begin}, {end}], {end - begin} bytes");
        }
        return new(name, dtype.Value, shape.Value, PrefixLength + _json.Length + begin, length);
    }

    private DType ParseDType(string quoted)
    {
        string expected = $"a dtype of tensor {quoted} among {DTypeNames}";
        Expect(JsonTokenType.String, expected);
        string text = Text();
        return TryParseDType(text, out DType dtype) ? dtype : throw new CorruptFileException(_path, Position, expected, Quote(text));
    }

    private Shape ParseShape(string quoted)
    {
        long position = Position;
        Expect(JsonTokenType.StartArray, $"an array with the shape of tensor {quoted}");
        List<long> sizes = [];
        while (Next() != JsonTokenType.EndArray)
        {
            if (sizes.Count == Shape.MaxRank)
                throw new CorruptFileException(_path, Position, $"at most {Shape.MaxRank} axes of tensor {quoted}", "more");
            sizes.Add(Size($"a size of tensor {quoted}"));
        }
        try
        {
            return new Shape(sizes.ToArray());
        }
        catch (ShapeException exception)
        {
            string expected = $"a shape of at most 2^59 elements for tensor {quoted}";
            throw new CorruptFileException(_path, position, expected, $"[{string.Join(", ", sizes)}]", exception);
        }
    }

    private (long Begin, long End) ParseOffsets(string quoted)
    {
        string expected = $"an array of two offsets of tensor {quoted}";
        long position = Position;
        Expect(JsonTokenType.StartArray, expected);
        Next();
        long begin = Size(expected);
        Next();
        long end = Size(expected);
        Next();
        Expect(JsonTokenType.EndArray, expected);
        if (begin > end || end > _dataLength)
        {
            string range = $"offsets of tensor {quoted} in order and within the {_dataLength} bytes of data";
            throw new CorruptFileException(_path, position, range, $"[{begin}, {end}]");
        }
        return (begin, end);
    }

    private JsonTokenType Next()
    {
        _reader.Read();
        return _reader.TokenType;
    }

    private readonly void Expect(JsonTokenType type, string expected)
    {
        if (_reader.TokenType != type)
            throw new CorruptFileException(_path, Position, expected, $"JSON of kind {_reader.TokenType}");
    }

    private readonly long Size(string expected)
    {
        Expect(JsonTokenType.Number, expected);
        if (_reader.TryGetInt64(out long size) && size >= 0)
            return size;
        string text = System.Text.Encoding.ASCII.GetString(_reader.ValueSpan[..Math.Min(_reader.ValueSpan.Length, 32)]);
        throw new CorruptFileException(_path, Position, $"{expected}: an integer from 0 to 2^63 − 1", text);
    }

    private readonly string Text()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // The reader checks the encoding of a string only when it is asked for.
            throw new CorruptFileException(_path, Position, "text in valid UTF-8", "bytes or escapes that are none", exception);
        }
    }

    private readonly string DescribeByte(long index) =>
        index < _json.Length ? $"the byte 0x{_json[(int)index]:X2}" : "the end of the header";
}
