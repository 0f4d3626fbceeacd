using System.Buffers.Binary;
using System.IO.Compression;
using NeuralNet.Testing;

namespace NeuralNet.Datasets.Tests;

/// <summary>Makes IDX files byte by byte, right and wrong ones.</summary>
internal static class IdxFiles
{
    public static byte[] Bytes(byte type, int[] sizes, params ReadOnlySpan<byte> data)
    {
        byte[] header = new byte[4 + 4 * sizes.Length];
        header[2] = type;
        header[3] = (byte)sizes.Length;
        for (int i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), sizes[i]);
        return [.. header, .. data];
    }

    public static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(content);
        return stream.ToArray();
    }

    public static IdxArray Read(params byte[] content)
    {
        using TemporaryFolder folder = new();
        return IdxFile.ReadArray(folder.Write("array", content));
    }

    /// <summary>Reads a file of these bytes and returns what the reader threw.</summary>
    public static CorruptFileException ReadCorrupt(params byte[] content)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("array", content);
        CorruptFileException exception = ((Action)(() => IdxFile.ReadArray(path))).Should().Throw<CorruptFileException>().Which;
        exception.Path.Should().Be(path);
        exception.Message.Should().StartWith($"{path}: expected {exception.Expected} at byte {exception.Offset}, found {exception.Found}. ");
        return exception;
    }
}
