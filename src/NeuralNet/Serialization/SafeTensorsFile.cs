using Microsoft.Win32.SafeHandles;

namespace NeuralNet.Serialization;

/// <summary>
/// An open safetensors file: its header is read and checked, its data are read on demand. The file is untrusted: every length is
/// checked against the file's before anything is allocated. Reading from several threads is safe.
/// </summary>
internal sealed class SafeTensorsFile : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly Dictionary<string, SafeTensorsEntry> _byName;

    private SafeTensorsFile(string path, SafeFileHandle handle, SafeTensorsHeader header)
    {
        _path = path;
        _handle = handle;
        _byName = header.Entries.ToDictionary(entry => entry.Name);
        Entries = header.Entries;
        Metadata = header.Metadata;
    }

    /// <summary>Gets the tensors in the order of their data.</summary>
    public IReadOnlyList<SafeTensorsEntry> Entries { get; }

    /// <summary>Gets the free text beside the tensors; empty if the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="CorruptFileException">The file breaks the format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafeTensorsFile Open(string path)
    {
        SafeTensorsFormat.RequireLittleEndian();
        SafeFileHandle handle = File.OpenHandle(path);
        try
        {
            return new(path, handle, SafeTensorsHeader.Read(path, handle));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Finds a tensor by its name, or returns null.</summary>
    public SafeTensorsEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads all bytes of a tensor; <paramref name="destination"/> is exactly as long.</summary>
    /// <exception cref="CorruptFileException">The file ended early, or a truth value is neither 0 nor 1.</exception>
    public void Read(SafeTensorsEntry entry, Span<byte> destination)
    {
        if (destination.Length != entry.Length)
        {
            throw new ArgumentException(
                $"{_path}: tensor {SafeTensorsFormat.Quote(entry.Name)} has {entry.Length} bytes, the destination {destination.Length}. " +
                "Pass a span of that length.",
                nameof(destination));
        }
        Read(entry, 0, destination);
    }

    /// <summary>Reads bytes of a tensor from <paramref name="start"/> on, for tensors that are larger than a span.</summary>
    /// <exception cref="CorruptFileException">The file ended early, or a truth value is neither 0 nor 1.</exception>
    public void Read(SafeTensorsEntry entry, long start, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, entry.Length - start, nameof(destination));
        ReadFully(_path, _handle, entry.Offset + start, destination);
        if (entry.DType == DType.Bool)
            CheckTruthValues(entry, entry.Offset + start, destination);
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>Fills a span from a position of the file.</summary>
    internal static void ReadFully(string path, SafeFileHandle handle, long offset, Span<byte> destination)
    {
        for (int done = 0; done < destination.Length;)
        {
            int count = RandomAccess.Read(handle, destination[done..], offset + done);
            if (count == 0)
                throw new CorruptFileException(path, offset + done, $"{destination.Length - done} more bytes", "the end of the file");
            done += count;
        }
    }

    private void CheckTruthValues(SafeTensorsEntry entry, long offset, ReadOnlySpan<byte> values)
    {
        int index = values.IndexOfAnyExceptInRange((byte)0, (byte)1);
        if (index >= 0)
        {
            string expected = $"0 or 1 in the BOOL tensor {SafeTensorsFormat.Quote(entry.Name)}";
            throw new CorruptFileException(_path, offset + index, expected, $"{values[index]}");
        }
    }
}
