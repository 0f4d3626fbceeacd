using System.Buffers;

namespace NeuralNet.Serialization;

/// <summary>Moves the bytes of tensors between memory and files in parts, since a span holds less than 2 GiB.</summary>
internal static class TensorBytes
{
    /// <summary>The length of a part: a multiple of the size of every element.</summary>
    private const int MaxPart = 1 << 20;

    /// <summary>Writes all elements in logical order, in the byte order of this machine.</summary>
    public static void Write(Stream stream, Tensor tensor)
    {
        using (Autograd.NoGrad())
            tensor = tensor.To(Device.Cpu).Contiguous();
        InParts(tensor.Length * tensor.DType.SizeOf(), (start, part) =>
        {
            tensor.DownloadBytes(start, part);
            stream.Write(part);
        });
    }

    /// <summary>Makes a tensor on the CPU of bytes that <paramref name="read"/> fills in, from a start on, in rising order.</summary>
    public static Tensor Read(Shape shape, DType dtype, Action<long, Span<byte>> read)
    {
        Tensor tensor = Tensor.Empty(shape, dtype, Device.Cpu);
        InParts(tensor.Length * dtype.SizeOf(), (start, part) =>
        {
            read(start, part);
            tensor.UploadBytes(start, part);
        });
        return tensor;
    }

    private static void InParts(long length, Action<long, Span<byte>> move)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, MaxPart));
        try
        {
            for (long start = 0; start < length; start += MaxPart)
                move(start, buffer.AsSpan(0, (int)Math.Min(length - start, MaxPart)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
