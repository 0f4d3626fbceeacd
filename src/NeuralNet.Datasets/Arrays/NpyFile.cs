using NeuralNet.Serialization;

namespace NeuralNet.Datasets;

/// <summary>Reads and writes files of NumPy's npy format: one array.</summary>
/// <remarks>
/// <para>Format: NumPy Enhancement Proposal 1, versions 1 to 3. Pickled objects, records, complex numbers and 64-bit unsigned integers
/// are refused: no code of a file is ever run.</para>
/// <para>Files are untrusted: the sizes that a header claims must agree with the length of the file before anything is allocated.</para>
/// </remarks>
public static class NpyFile
{
    /// <summary>Reads a file into a tensor on the CPU.</summary>
    /// <returns>
    /// A tensor of the file's sizes. Truth values become <see cref="DType.Bool"/>, unsigned bytes <see cref="DType.UInt8"/>, integers of up to
    /// 32 bits <see cref="DType.Int32"/>, wider ones and unsigned ones of 32 bits <see cref="DType.Int64"/>, floats of 16, 32 and 64 bits
    /// <see cref="DType.Float16"/>, <see cref="DType.Float32"/> and <see cref="DType.Float64"/>; either byte order, either order of axes.
    /// </returns>
    /// <exception cref="CorruptFileException">The file breaks the format, or holds elements that no tensor holds.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Tensor Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return NpyReader.Read(path, stream, stream.Length);
    }

    /// <summary>Maps a file into memory, for arrays that are larger than memory or of which little is needed.</summary>
    /// <returns>The array, whose rows are read when they are asked for. Dispose of it to close the file.</returns>
    /// <exception cref="CorruptFileException">The header breaks the format.</exception>
    /// <exception cref="NotSupportedException">The array is in Fortran order, where rows do not lie together.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static MappedArray OpenMapped(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return MappedArray.Open(path);
    }

    /// <summary>
    /// Writes a tensor into a file. A temporary file is written and renamed, so that a failure never costs an earlier file of this name.
    /// </summary>
    /// <exception cref="DTypeException">The tensor is of BFloat16, which NumPy has not.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Tensor tensor)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensor);
        string element = ElementOf(tensor, nameof(NpyFile));
        AtomicFile.Write(path, stream => Write(stream, element, tensor));
    }

    internal static void Write(Stream stream, string element, Tensor tensor)
    {
        NpyHeader.Write(stream, element, tensor.Shape);
        TensorBytes.Write(stream, tensor);
    }

    internal static string ElementOf(Tensor tensor, string where) =>
        NpyElement.TextOf(tensor.DType)
            ?? throw new DTypeException($"{where}: NumPy has no {tensor.DType}. Use Cast(DType.Float32) first.");
}
