namespace NeuralNet.Datasets;

/// <summary>Reads files in the IDX format, in which MNIST and its relatives are distributed, plain or compressed with gzip.</summary>
/// <remarks>
/// An IDX file holds one array: two zero bytes, the code of the element type, the number of axes, the sizes as big-endian 32-bit integers, then
/// the elements, big-endian, in row-major order. Files are untrusted: a size that a header claims is compared with the length of the file
/// before anything is allocated, and no more is decompressed than the header claims.
/// </remarks>
public static class IdxFile
{
    internal static IdxArray ReadArray(string path)
    {
        using IdxStream stream = IdxStream.Open(path);
        return new IdxReader(path, stream).Read();
    }
}
