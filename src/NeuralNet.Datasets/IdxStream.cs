using System.IO.Compression;

namespace NeuralNet.Datasets;

/// <summary>The bytes of a file, decompressed if it begins with the mark of gzip, with faults of the compression as corrupt files.</summary>
internal sealed class IdxStream : IDisposable
{
    /// <summary>The most that deflate can make of a byte: 258 bytes cost at least two bits.</summary>
    private const long MaxDeflateRatio = 1032;

    private readonly string _path;
    private readonly Stream _stream;

    private IdxStream(string path, FileStream file, bool compressed)
    {
        _path = path;
        IsCompressed = compressed;
        MaxLength = compressed ? file.Length * MaxDeflateRatio : file.Length;
        _stream = compressed ? new GZipStream(new TerminatedStream(file), CompressionMode.Decompress) : file;
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

    public void Dispose() => _stream.Dispose();
}
