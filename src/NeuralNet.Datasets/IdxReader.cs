using System.Buffers.Binary;

namespace NeuralNet.Datasets;

/// <summary>Checks and reads one IDX file.</summary>
internal sealed class IdxReader(string path, IdxStream stream)
{
    private const int MagicLength = 4;

    public IdxArray Read()
    {
        (IdxType type, int rank) = ReadMagic();
        long[] sizes = ReadSizes(rank);
        int length = CheckedLength(type, sizes);
        byte[] data = stream.IsCompressed ? ReadCompressed(length) : ReadPlain(length);
        return IdxArray.FromBigEndian(type, sizes, data);
    }

    private (IdxType Type, int Rank) ReadMagic()
    {
        Span<byte> magic = stackalloc byte[MagicLength];
        ReadHeader(magic, $"the {MagicLength} bytes of an IDX magic number");
        IdxType type = (IdxType)magic[2];
        if (magic[0] != 0 || magic[1] != 0)
            throw Corrupt(0, "the two zero bytes of an IDX magic number", $"0x{magic[0]:X2} 0x{magic[1]:X2}");
        if (IdxArray.SizeOf(type) == 0)
            throw Corrupt(2, "an IDX type code among 0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E", $"0x{magic[2]:X2}");
        if (magic[3] is 0 or > Shape.MaxRank)
            throw Corrupt(3, $"1 to {Shape.MaxRank} axes", $"{magic[3]}");
        return (type, magic[3]);
    }

    private long[] ReadSizes(int rank)
    {
        Span<byte> bytes = stackalloc byte[rank * sizeof(int)];
        ReadHeader(bytes, $"the sizes of {rank} axes");
        long[] sizes = new long[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int size = BinaryPrimitives.ReadInt32BigEndian(bytes[(axis * sizeof(int))..]);
            if (size < 0)
                throw Corrupt(MagicLength + axis * sizeof(int), $"a size of axis {axis} that is not negative", $"{size}");
            sizes[axis] = size;
        }
        return sizes;
    }

    /// <summary>The bytes that the header claims, once it is certain that the file can hold them.</summary>
    private int CheckedLength(IdxType type, long[] sizes)
    {
        // An empty array may not be without bound in its other axes either, as strides come from them.
        UInt128 bound = (UInt128)IdxArray.SizeOf(type);
        foreach (long size in sizes)
        {
            bound *= (UInt128)Math.Max(1, size);
            if (bound > (UInt128)Array.MaxLength)
                throw Corrupt(MagicLength, $"at most {Array.MaxLength} bytes of data", $"the sizes [{string.Join(", ", sizes)}]");
        }
        int length = sizes.Contains(0) ? 0 : (int)bound;
        long available = stream.MaxLength - stream.Position;
        if (length > available)
        {
            string expected = $"{length} bytes of data for the sizes [{string.Join(", ", sizes)}]";
            throw Corrupt(stream.Position, expected, stream.IsCompressed ? $"a file that decompresses to {available} at "
                + "most" : $"{available}");
        }
        if (!stream.IsCompressed && length < available)
            throw Corrupt(stream.Position + length, "the end of the file after the last element", $"{available - length} more bytes");
        return length;
    }

    private byte[] ReadPlain(int length)
    {
        byte[] data = new byte[length];
        long begin = stream.Position;
        int count = stream.ReadUpTo(data);
        return count == length ? data : throw Corrupt(begin + count, $"{length} bytes of data", $"{count}");
    }

    private byte[] ReadCompressed(int length)
    {
        long begin = stream.Position;
        byte[] data = Decompression.Read(length, stream.ReadUpTo);
        if (data.Length < length)
            throw Corrupt(begin + data.Length, $"{length} bytes of data", $"{data.Length}");
        // Asking for one byte more also makes the decoder reach the checksum at the end.
        long end = stream.Position;
        Span<byte> beyond = stackalloc byte[1];
        if (stream.ReadUpTo(beyond) != 0)
            throw Corrupt(end, "the end of the file after the last element", "more bytes");
        stream.CheckEnd();
        return data;
    }

    private void ReadHeader(Span<byte> destination, string expected)
    {
        long begin = stream.Position;
        int count = stream.ReadUpTo(destination);
        if (count < destination.Length)
            throw Corrupt(begin, expected, $"{count} bytes");
    }

    private CorruptFileException Corrupt(long offset, string expected, string found) => new(path, offset, expected, found);
}
