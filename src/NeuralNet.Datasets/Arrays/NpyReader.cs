using System.Buffers;
using NeuralNet.Serialization;

namespace NeuralNet.Datasets;

/// <summary>Makes tensors of the elements of npy files.</summary>
internal static class NpyReader
{
    /// <summary>Reads a whole array from a stream of <paramref name="length"/> bytes.</summary>
    /// <exception cref="CorruptFileException">The stream breaks the format.</exception>
    public static Tensor Read(string path, Stream stream, long length)
    {
        NpyHeader header = NpyHeader.Read(path, stream, length);
        // In Fortran order the array of the reversed sizes stands in the file in row-major order.
        Shape stored = header.IsFortranOrder ? new(header.Sizes.Reverse().ToArray()) : header.Shape;
        Tensor tensor = ReadElements(path, header, stored, start: 0, (offset, bytes) => NpyHeader.ReadFully(path, stream, offset, bytes));
        return header.IsFortranOrder ? tensor.Permute([.. Enumerable.Range(0, stored.Rank).Reverse()]).Contiguous() : tensor;
    }

    /// <summary>
    /// Reads some elements; <paramref name="read"/> fills bytes from a position of the file on, and is asked in rising order.
    /// </summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="header">The header of the file.</param>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="start">The number of its first element.</param>
    /// <param name="read">The source of the bytes.</param>
    public static Tensor ReadElements(string path, NpyHeader header, Shape shape, long start, Action<long, Span<byte>> read)
    {
        NpyElement element = header.Element;
        DType dtype = element.DType!.Value;
        int wide = dtype.SizeOf();
        return TensorBytes.Read(shape, dtype, (byteStart, part) =>
        {
            long offset = header.DataOffset + (start + byteStart / wide) * element.Size;
            if (element.IsNative)
            {
                read(offset, part);
                if (dtype == DType.Bool)
                    CheckTruthValues(path, offset, part);
                return;
            }
            int length = part.Length / wide * element.Size;
            byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
            Span<byte> source = buffer.AsSpan(0, length);
            read(offset, source);
            element.Convert(source, part);
            ArrayPool<byte>.Shared.Return(buffer);
        });
    }

    private static void CheckTruthValues(string path, long offset, ReadOnlySpan<byte> values)
    {
        int index = values.IndexOfAnyExceptInRange((byte)0, (byte)1);
        if (index >= 0)
            throw new CorruptFileException(path, offset + index, "0 or 1 in an array of truth values", $"{values[index]}");
    }
}
