using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralNet.Datasets;

/// <summary>
/// The bytes of a file, decompressed if it begins with the mark of gzip, with faults of the compression as corrupt files.
/// </summary>
internal sealed class IdxStream : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _stream;

    private IdxStream(string path, FileStream file, bool compressed)
    {
        _path = path;
        _file = file;
        IsCompressed = compressed;
        MaxLength = compressed ? file.Length * Decompression.MaxRatio : file.Length;
        _stream = compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    public bool IsCompressed { get; }

    /// <summary>Gets the bytes the file can hold: its length, or what its length can decompress to at the most.</summary>
    public long MaxLength { get; }

    /// <summary>Gets the number of bytes read, decompressed.</summary>
    public long Position { get; private set; }

    public static IdxStream Open(string path)
    {
        FileStream file = File.OpenRead(path);
        try
        {
            bool compressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            return new(path, file, compressed);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads until the buffer is full or the data end, and returns how much was read.</summary>
    public int ReadUpTo(Span<byte> buffer)
    {
        int count = 0;
        try
        {
            while (count < buffer.Length)
            {
                int read = _stream.Read(buffer[count..]);
                if (read == 0)
                    break;
                count += read;
            }
        }
        catch (InvalidDataException exception)
        {
            throw new CorruptFileException(_path, Position + count, "well-formed gzip data", "data that do not decompress", exception);
        }
        Position += count;
        return count;
    }

    /// <summary>Checks that a compressed file ends where its data end.</summary>
    /// <remarks>
    /// The decoder checks the checksum, but takes a file that breaks off within the last 8 bytes, or goes on behind them, for complete.
    /// Those end with the length of the content, so that what stands at the end of the file tells. A file of several gzip members is
    /// refused too.
    /// </remarks>
    public void CheckEnd()
    {
        Span<byte> lengthField = stackalloc byte[sizeof(uint)];
        _file.Seek(-lengthField.Length, SeekOrigin.End);
        _file.ReadExactly(lengthField);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(lengthField);
        if (length != (uint)Position)
            throw new CorruptFileException(_path, Position, $"the length {Position} at the end of the gzip data", $"{length}");
    }

    public void Dispose() => _stream.Dispose();
}
