using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using static NeuralNet.Serialization.SafeTensorsFormat;

namespace NeuralNet.Serialization;

/// <summary>Writes safetensors files, laid out as the reference implementation does it.</summary>
internal static class SafeTensorsWriter
{
    /// <summary>Data begin at a multiple of this, so that a mapped file is aligned for every dtype.</summary>
    private const int HeaderAlignment = 8;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes a file in one piece: if anything fails, what stood at <paramref name="path"/> is still there, untouched.</summary>
    /// <exception cref="ArgumentException">A name is taken twice, reserved or no valid text.</exception>
    /// <exception cref="InvalidOperationException">An item wrote more or fewer bytes than its dtype and shape ask for.</exception>
    public static void Write(string path, IEnumerable<SafeTensorsItem> items, IReadOnlyDictionary<string, string>? metadata = null)
    {
        RequireLittleEndian();
        SafeTensorsItem[] sorted = Sort(items);
        byte[] header = BuildHeader(sorted, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> prefix = stackalloc byte[PrefixLength];
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
            stream.Write(prefix);
            stream.Write(header);
            foreach (SafeTensorsItem item in sorted)
                WriteData(stream, item);
        });
    }

    /// <summary>Falling alignment of the dtype, then the UTF-8 bytes of the name.</summary>
    private static SafeTensorsItem[] Sort(IEnumerable<SafeTensorsItem> items)
    {
        List<(SafeTensorsItem Item, byte[] Name)> named = [];
        HashSet<string> names = [MetadataKey];
        foreach (SafeTensorsItem item in items)
        {
            if (!names.Add(item.Name))
            {
                throw new ArgumentException(
                    $"SafeTensorsWriter: the name {Quote(item.Name)} is taken twice or reserved. Give each tensor its own "
                        + "name.", nameof(items));
            }
            named.Add((item, Encode(item.Name)));
        }
        named.Sort((a, b) =>
        {
            int order = OrderOf(a.Item.DType).CompareTo(OrderOf(b.Item.DType));
            return order != 0 ? order : a.Name.AsSpan().SequenceCompareTo(b.Name);
        });
        return [.. named.Select(pair => pair.Item)];
    }

    private static byte[] Encode(string name)
    {
        try
        {
            return s_strictUtf8.GetBytes(name);
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException(
                $"SafeTensorsWriter: the name {Quote(name)} holds half a surrogate pair, which no file can. Use another name.", exception);
        }
    }

    private static byte[] BuildHeader(SafeTensorsItem[] items, IReadOnlyDictionary<string, string>? metadata)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
                WriteMetadata(json, metadata);
            long offset = 0;
            foreach (SafeTensorsItem item in items)
            {
                long end = checked(offset + item.Length);
                WriteEntry(json, item, offset, end);
                offset = end;
            }
            json.WriteEndObject();
        }
        int padding = -buffer.WrittenCount & (HeaderAlignment - 1);
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        if (buffer.WrittenCount > MaxHeaderLength)
        {
            throw new ArgumentException(
                $"SafeTensorsWriter: the header has {buffer.WrittenCount} bytes, of which the format allows {MaxHeaderLength}. Write "
                    + "several files.",
                nameof(items));
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Sorted, so that the same content always gives the same file.</summary>
    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(MetadataKey);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, SafeTensorsItem item, long begin, long end)
    {
        json.WriteStartObject(item.Name);
        json.WriteString(DTypeKey, NameOf(item.DType));
        json.WriteStartArray(ShapeKey);
        foreach (long size in item.Shape.Span)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray(OffsetsKey);
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteData(FileStream stream, SafeTensorsItem item)
    {
        long begin = stream.Position;
        item.WriteTo(stream);
        long written = stream.Position - begin;
        if (written != item.Length)
        {
            throw new InvalidOperationException(
                $"SafeTensorsWriter: tensor {Quote(item.Name)} ({item.DType} {item.Shape}) has {item.Length} bytes, {written} were "
                    + "written. " +
                "Write each element once.");
        }
    }
}
