using System.IO.Compression;
using NeuralNet.Serialization;

namespace NeuralNet.Datasets;

/// <summary>Reads and writes files of NumPy's npz format: arrays by name, each an npy file in a zip archive.</summary>
/// <remarks>
/// Files are untrusted: what the entries claim in all must be within what their compressed bytes can hold, no more is decompressed than is
/// claimed, and the checksum of every entry is compared.
/// </remarks>
public static class NpzFile
{
    private const string Extension = ".npy";

    /// <summary>Reads all arrays of a file, to the CPU.</summary>
    /// <returns>The arrays by name, with dtypes as <see cref="NpyFile.Read"/> gives them.</returns>
    /// <exception cref="CorruptFileException">The file breaks the format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = File.OpenRead(path);
        return new NpzReader(path, file).Read();
    }

    /// <summary>
    /// Writes arrays into a file. A temporary file is written and renamed, so that a failure never costs an earlier file of this name.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="arrays">The arrays by name.</param>
    /// <param name="compress">Whether the data are compressed, as by numpy.savez_compressed.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="DTypeException">A tensor is of BFloat16, which NumPy has not.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> arrays, bool compress = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(arrays);
        foreach ((string name, Tensor array) in arrays)
        {
            if (name.Length == 0)
                throw new ArgumentException($"NpzFile: the name of an array of {array.Shape} is empty. Give it one.", nameof(arrays));
            NpyFile.ElementOf(array, $"NpzFile: {name}");
        }
        AtomicFile.Write(path, stream =>
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach ((string name, Tensor array) in arrays)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name + Extension, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
                // The same arrays give the same bytes, whenever they are written.
                entry.LastWriteTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream content = entry.Open();
                NpyFile.Write(content, NpyFile.ElementOf(array, name), array);
            }
        });
    }

    internal static string NameOf(string entry) => entry.EndsWith(Extension, StringComparison.Ordinal) ? entry[..^Extension.Length] : entry;
}
