using System.Buffers.Binary;
using System.IO.Hashing;

namespace NeuralNet.Datasets;

/// <summary>Checks the frame of PNG and JPEG files, so that the decoder sees no file that claims more than it can hold.</summary>
internal static class ImageGuard
{
    /// <summary>The most samples that a byte of a JPEG file can stand for: a bit for a block of 64, with room for the header.</summary>
    private const long MaxJpegRatio = 8 * 64;

    /// <summary>Each scan of a JPEG file visits all blocks; files that are not made to stall a reader have a dozen.</summary>
    private const int MaxScans = 100;

    private const int ChunkOverhead = 12;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="CorruptFileException">The file is neither format, or claims more than it can hold.</exception>
    public static void Check(string path, ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(PngSignature))
            CheckPng(path, content);
        else if (content is [0xFF, 0xD8, 0xFF, ..])
            CheckJpeg(path, content);
        else
            throw new CorruptFileException(path, 0, "the mark of a PNG or JPEG file", content.IsEmpty ? "an empty file" : Convert.ToHexString(content[..Math.Min(content.Length, 8)]));
    }

    private static void CheckPng(string path, ReadOnlySpan<byte> content)
    {
        int position = PngSignature.Length;
        for (bool isFirst = true; ; isFirst = false)
        {
            ReadOnlySpan<byte> rest = content[position..];
            if (rest.Length < ChunkOverhead)
                throw new CorruptFileException(path, position, $"a chunk of at least {ChunkOverhead} bytes", $"{rest.Length}");
            long length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkOverhead)
                throw new CorruptFileException(path, position, $"a chunk of at most {rest.Length - ChunkOverhead} bytes", $"{length}");
            ReadOnlySpan<byte> typeAndData = rest.Slice(4, 4 + (int)length);
            uint checksum = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]);
            uint actual = Crc32.HashToUInt32(typeAndData);
            if (checksum != actual)
                throw new CorruptFileException(path, position, $"a chunk with the checksum {checksum:X8}", $"{actual:X8}");
            ReadOnlySpan<byte> type = typeAndData[..4];
            if (isFirst != type.SequenceEqual("IHDR"u8))
                throw new CorruptFileException(path, position, "a chunk IHDR at the start, and there alone", Convert.ToHexString(type));
            if (isFirst)
                CheckPngHeader(path, position, typeAndData[4..], content.Length);
            position += ChunkOverhead + (int)length;
            if (type.SequenceEqual("IEND"u8))
                return;
        }
    }

    private static void CheckPngHeader(string path, int position, ReadOnlySpan<byte> header, long fileLength)
    {
        if (header.Length != 13)
            throw new CorruptFileException(path, position, "a chunk IHDR of 13 bytes", $"{header.Length}");
        UInt128 width = BinaryPrimitives.ReadUInt32BigEndian(header);
        UInt128 height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        uint channels = header[9] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        UInt128 bytes = height * ((width * channels * header[8] + 7) / 8);
        if (width == 0 || height == 0 || bytes > (UInt128)(fileLength * Decompression.MaxRatio))
            throw new CorruptFileException(path, position, $"an image that {fileLength} bytes can hold", $"{width}×{height} pixels of {channels} channels");
    }

    private static void CheckJpeg(string path, ReadOnlySpan<byte> content)
    {
        bool hasFrame = false;
        int scans = 0;
        for (int position = 2; position + 1 < content.Length; position++)
        {
            // Within the data of a scan, 0xFF is followed by 0 or by a restart; elsewhere it begins a segment.
            if (content[position] != 0xFF || content[position + 1] is 0 or 0xFF or (>= 0xD0 and <= 0xD8))
                continue;
            byte marker = content[position + 1];
            if (marker == 0xD9)
                break;
            ReadOnlySpan<byte> segment = content[(position + 2)..];
            int length = segment.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(segment);
            if (length < 2 || length > segment.Length)
                throw new CorruptFileException(path, position + 2, $"a segment of 2 to {segment.Length} bytes", $"{length}");
            // A frame header, of any coding but those markers that stand for tables.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                CheckJpegFrame(path, position, segment[..length], content.Length);
                hasFrame = true;
            }
            if (marker == 0xDA && ++scans > MaxScans)
                throw new CorruptFileException(path, position, $"at most {MaxScans} scans", "more");
            position += 1 + length;
        }
        if (!hasFrame || scans == 0)
            throw new CorruptFileException(path, content.Length, "a frame and a scan", "the end of the image");
    }

    private static void CheckJpegFrame(string path, int position, ReadOnlySpan<byte> segment, long fileLength)
    {
        if (segment.Length < 8)
            throw new CorruptFileException(path, position, "a frame header of at least 8 bytes", $"{segment.Length}");
        long height = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        long width = BinaryPrimitives.ReadUInt16BigEndian(segment[5..]);
        if (width == 0 || height == 0 || width * height > fileLength * MaxJpegRatio)
            throw new CorruptFileException(path, position, $"an image that {fileLength} bytes can hold", $"{width}×{height} pixels");
    }
}
