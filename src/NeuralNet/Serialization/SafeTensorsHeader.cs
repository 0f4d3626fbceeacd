using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace NeuralNet.Serialization;

/// <summary>The checked header of a safetensors file.</summary>
/// <param name="Entries">The tensors in the order of their data, which they cover without holes or overlap.</param>
/// <param name="Metadata">The free text beside the tensors.</param>
internal sealed record SafeTensorsHeader(IReadOnlyList<SafeTensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Reads and checks the header; allocates no more than the file is long.</summary>
    /// <exception cref="CorruptFileException">The file breaks the format.</exception>
    public static SafeTensorsHeader Read(string path, SafeFileHandle handle)
    {
        long fileLength = RandomAccess.GetLength(handle);
        if (fileLength < SafeTensorsFormat.PrefixLength)
            throw new CorruptFileException(path, 0, $"{SafeTensorsFormat.PrefixLength} bytes with the length of the "
                + "header", $"{fileLength}");

        Span<byte> prefix = stackalloc byte[SafeTensorsFormat.PrefixLength];
        SafeTensorsFile.ReadFully(path, handle, 0, prefix);
        ulong claimed = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long available = fileLength - SafeTensorsFormat.PrefixLength;
        if (claimed > SafeTensorsFormat.MaxHeaderLength)
            throw new CorruptFileException(path, 0, $"a header of at most {SafeTensorsFormat.MaxHeaderLength} bytes", $"{claimed}");
        if (claimed > (ulong)available)
            throw new CorruptFileException(path, 0, $"a header within the {available} bytes that follow", $"{claimed}");

        byte[] json = new byte[claimed];
        SafeTensorsFile.ReadFully(path, handle, SafeTensorsFormat.PrefixLength, json);
        SafeTensorsHeader header = new SafeTensorsHeaderParser(path, json, available - json.Length).Parse();
        header.CheckCoverage(path, SafeTensorsFormat.PrefixLength + json.Length, fileLength);
        return header;
    }

    /// <summary>
    /// Checks that the tensors lie end to end and fill the file, as the format demands: nothing is hidden, nothing is shared.
    /// </summary>
    private void CheckCoverage(string path, long dataStart, long fileLength)
    {
        long end = dataStart;
        foreach (SafeTensorsEntry entry in Entries)
        {
            if (entry.Offset != end)
            {
                string fault = entry.Offset > end ? "a hole before it" : "an overlap with the tensor before it";
                string expected = $"data of tensor {SafeTensorsFormat.Quote(entry.Name)} to begin where the data before it end";
                throw new CorruptFileException(path, end, expected, $"{fault}: they begin at byte {entry.Offset}");
            }
            end += entry.Length;
        }
        if (end != fileLength)
            throw new CorruptFileException(path, end, "the end of the file after the last tensor", $"{fileLength - end} more bytes");
    }
}
