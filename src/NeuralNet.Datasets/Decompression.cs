namespace NeuralNet.Datasets;

/// <summary>What the readers of compressed files share.</summary>
internal static class Decompression
{
    /// <summary>The most that deflate can make of a byte: 258 bytes cost at least two bits.</summary>
    public const long MaxRatio = 1032;

    /// <summary>Data are read into an array that grows from this, so that memory follows what arrives, not what is claimed.</summary>
    private const int FirstChunk = 1 << 16;

    /// <summary>Fills a buffer as far as there are data, and returns how much was read.</summary>
    public delegate int ReadUpTo(Span<byte> buffer);

    /// <summary>Reads as many bytes as are claimed, or fewer where the data end before.</summary>
    public static byte[] Read(int length, ReadUpTo read)
    {
        byte[] data = new byte[Math.Min(length, FirstChunk)];
        for (int filled = 0; filled < length;)
        {
            if (filled == data.Length)
                Array.Resize(ref data, (int)Math.Min(length, 2L * filled));
            filled += read(data.AsSpan(filled));
            if (filled < data.Length)
                return data[..filled];
        }
        return data;
    }
}
