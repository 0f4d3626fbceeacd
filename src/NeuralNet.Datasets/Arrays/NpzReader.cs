using System.IO.Compression;
using System.IO.Hashing;

namespace NeuralNet.Datasets;

/// <summary>Checks and reads one npz file.</summary>
internal sealed class NpzReader(string path, FileStream file)
{
    private const int MaxQuoted = 64;

    public IReadOnlyDictionary<string, Tensor> Read()
    {
        try
        {
            using ZipArchive archive = new(file, ZipArchiveMode.Read, leaveOpen: true);
            return ReadEntries(archive);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException
            or NotSupportedException)
        {
            throw new CorruptFileException(path, 0, "a zip archive whose entries are stored or deflated", exception.Message, exception);
        }
    }

    private Dictionary<string, Tensor> ReadEntries(ZipArchive archive)
    {
        Dictionary<string, Tensor> arrays = [];
        long claimed = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            // Entries may overlap, so that the sum alone tells what reading all of them costs.
            claimed = checked(claimed + entry.Length);
            if (entry.Length > Array.MaxLength)
                throw Corrupt(entry, $"at most {Array.MaxLength} bytes", $"{entry.Length}");
            if (claimed > file.Length * Decompression.MaxRatio || entry.Length > entry.CompressedLength * Decompression.MaxRatio)
                throw Corrupt(entry, $"no more than {file.Length} bytes can decompress to", $"a claim of {entry.Length} bytes");
            string name = NpzFile.NameOf(entry.FullName);
            byte[] content = ReadContent(entry);
            using MemoryStream stream = new(content, writable: false);
            if (!arrays.TryAdd(name, NpyReader.Read(PathOf(entry), stream, content.Length)))
                throw Corrupt(entry, "names that differ", "the same name twice");
        }
        return arrays;
    }

    /// <summary>The bytes of an entry, once its length and its checksum are right.</summary>
    private byte[] ReadContent(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        byte[] content = Decompression.Read((int)entry.Length, buffer => stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
        if (content.Length < entry.Length)
            throw Corrupt(entry, $"{entry.Length} bytes", $"{content.Length}");
        if (stream.ReadByte() >= 0)
            throw Corrupt(entry, $"{entry.Length} bytes", "more");
        uint checksum = Crc32.HashToUInt32(content);
        return checksum == entry.Crc32 ? content : throw Corrupt(entry, $"the checksum {entry.Crc32:X8}", $"{checksum:X8}");
    }

    private CorruptFileException Corrupt(ZipArchiveEntry entry, string expected, string found) => new(PathOf(entry), 0, expected, found);

    /// <summary>Names the entry; a name from a file must stay short and printable.</summary>
    private string PathOf(ZipArchiveEntry entry)
    {
        string name = entry.FullName.Length > MaxQuoted ? entry.FullName[..MaxQuoted] + "…" : entry.FullName;
        return $"{path}/{string.Concat(name.Select(c => char.IsControl(c) ? '?' : c))}";
    }
}
