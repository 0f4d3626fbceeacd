using System.Buffers.Binary;
using System.Text;

namespace NeuralNet.Datasets;

/// <summary>What the header of an npy file says, checked against the length of the file.</summary>
/// <param name="Element">The type of the elements.</param>
/// <param name="IsFortranOrder">Whether the first axis runs fastest.</param>
/// <param name="Sizes">The sizes of the axes.</param>
/// <param name="DataOffset">Where the elements begin, in bytes.</param>
/// <param name="DataLength">The bytes of all elements.</param>
internal sealed record NpyHeader(NpyElement Element, bool IsFortranOrder, long[] Sizes, long DataOffset, long DataLength)
{
    private const int MagicLength = 6;
    private const int VersionLength = 2;

    /// <summary>A header of eight axes has some 200 bytes; NumPy itself trusts none above 10 000.</summary>
    private const int MaxHeaderLength = 10_000;

    /// <summary>NumPy aligns the elements to this.</summary>
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Gets the shape of the array.</summary>
    public Shape Shape => new(Sizes.AsSpan());

    /// <summary>Reads the header, and checks that <paramref name="length"/>, the bytes of the file, is what it claims.</summary>
    /// <exception cref="CorruptFileException">The header breaks the format, or the file is shorter or longer than it claims.</exception>
    public static NpyHeader Read(string path, Stream stream, long length)
    {
        Span<byte> start = stackalloc byte[MagicLength + VersionLength + sizeof(uint)];
        int count = stream.ReadAtLeast(start[..(MagicLength + VersionLength)], MagicLength + VersionLength, throwOnEndOfStream: false);
        if (count < MagicLength + VersionLength || !start.StartsWith(Magic))
            throw new CorruptFileException(path, 0, "\\x93NUMPY and a version", Describe(start[..count]));
        int lengthSize = start[MagicLength] switch
        {
            1 => sizeof(ushort),
            2 or 3 => sizeof(uint),
            _ => throw new CorruptFileException(path, MagicLength, "version 1, 2 or 3", $"version {start[MagicLength]}"),
        };
        Span<byte> field = start.Slice(MagicLength + VersionLength, lengthSize);
        ReadFully(path, stream, MagicLength + VersionLength, field);
        long headerLength = lengthSize == sizeof(ushort) ? BinaryPrimitives.ReadUInt16LittleEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field);
        int headerOffset = MagicLength + VersionLength + lengthSize;
        long limit = Math.Min(MaxHeaderLength, length - headerOffset);
        if (headerLength > limit)
            throw new CorruptFileException(path, MagicLength + VersionLength, $"a header of at most {limit} bytes", $"{headerLength}");
        byte[] header = new byte[headerLength];
        ReadFully(path, stream, headerOffset, header);
        return new NpyHeaderParser(path, Encoding.Latin1.GetString(header), headerOffset).Parse(length);
    }

    /// <summary>Writes the header of an array in row-major order.</summary>
    public static void Write(Stream stream, string element, Shape shape)
    {
        string sizes = shape.Rank == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape.ToArray())})";
        string text = $"{{'descr': '{element}', 'fortran_order': False, 'shape': {sizes}, }}";
        const int fixedLength = MagicLength + VersionLength + sizeof(ushort);
        int padded = (fixedLength + text.Length + Alignment) / Alignment * Alignment - fixedLength;
        Span<byte> field = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(field, (ushort)padded);
        stream.Write(Magic);
        stream.Write([1, 0]);
        stream.Write(field);
        stream.Write(Encoding.ASCII.GetBytes(text.PadRight(padded - 1) + "\n"));
    }

    /// <summary>Fills a span from a stream that stands at a position of the file.</summary>
    /// <exception cref="CorruptFileException">The file ended early.</exception>
    public static void ReadFully(string path, Stream stream, long offset, Span<byte> destination)
    {
        int count = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        if (count < destination.Length)
            throw new CorruptFileException(path, offset + count, $"{destination.Length - count} more bytes", "the end of the file");
    }

    private static string Describe(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "an empty file" : Convert.ToHexString(bytes);
}
