namespace NeuralNet.Datasets;

/// <summary>Reads files in the IDX format, in which MNIST and its relatives are distributed, plain or compressed with gzip.</summary>
/// <remarks>
/// An IDX file holds one array: two zero bytes, the code of the element type, the number of axes, the sizes as big-endian 32-bit integers,
/// then the elements, big-endian, in row-major order. Files are untrusted: a size that a header claims is compared with the length of the
/// file before anything is allocated, and no more is decompressed than the header claims.
/// </remarks>
public static class IdxFile
{
    /// <summary>Reads a file into a tensor.</summary>
    /// <param name="path">The path of the file; whether it is compressed is seen from its first bytes, not from its name.</param>
    /// <returns>
    /// A tensor of the file's sizes. Unsigned bytes become <see cref="DType.UInt8"/>; signed bytes, 16-bit and 32-bit integers
    /// <see cref="DType.Int32"/>; floats <see cref="DType.Float32"/>; doubles <see cref="DType.Float64"/>.
    /// </returns>
    /// <exception cref="CorruptFileException">The file breaks the format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Tensor Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ReadArray(path).ToTensor();
    }

    internal static IdxArray ReadArray(string path)
    {
        using IdxStream stream = IdxStream.Open(path);
        return new IdxReader(path, stream).Read();
    }
}
