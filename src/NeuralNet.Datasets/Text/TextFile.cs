using System.Text;

namespace NeuralNet.Datasets;

/// <summary>Reads text, such as a language model learns from.</summary>
public static class TextFile
{
    /// <summary>Reads a file of UTF-8, or of UTF-16 or UTF-32 with a byte order mark, which is left out.</summary>
    /// <exception cref="CorruptFileException">The bytes are no text of this encoding.</exception>
    /// <exception cref="IOException">The file cannot be read, or has more than 2³¹ − 1 bytes.</exception>
    public static string Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = File.ReadAllBytes(path);
        (Encoding encoding, int mark) = EncodingOf(bytes);
        try
        {
            return encoding.GetString(bytes, mark, bytes.Length - mark);
        }
        catch (DecoderFallbackException exception)
        {
            // The index is that of the decoder's last block, which began where the text did: the whole file is one block.
            long offset = mark + Math.Max(0, exception.Index);
            throw new CorruptFileException(path, offset, $"text in {encoding.WebName}", $"the bytes {Convert.ToHexString(exception.BytesUnknown ?? [])}", exception);
        }
    }

    /// <summary>Reads the lines of a file, without their ends.</summary>
    /// <inheritdoc cref="Read"/>
    public static string[] ReadLines(string path)
    {
        List<string> lines = [];
        using StringReader reader = new(Read(path));
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return [.. lines];
    }

    private static (Encoding Encoding, int MarkLength) EncodingOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (new UTF8Encoding(false, throwOnInvalidBytes: true), 3),
        [0xFF, 0xFE, 0, 0, ..] => (new UTF32Encoding(bigEndian: false, true, throwOnInvalidCharacters: true), 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, true, throwOnInvalidCharacters: true), 4),
        [0xFF, 0xFE, ..] => (new UnicodeEncoding(bigEndian: false, true, throwOnInvalidBytes: true), 2),
        [0xFE, 0xFF, ..] => (new UnicodeEncoding(bigEndian: true, true, throwOnInvalidBytes: true), 2),
        _ => (new UTF8Encoding(false, throwOnInvalidBytes: true), 0),
    };
}
