using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NeuralNet.Datasets;

/// <summary>Turns elements of files around whose bytes stand in the other order.</summary>
internal static class ByteOrder
{
    /// <summary>Reverses the bytes of each element, in place.</summary>
    /// <param name="bytes">The elements.</param>
    /// <param name="size">The bytes of an element: 1, 2, 4 or 8.</param>
    public static void Reverse(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                Span<short> shorts = MemoryMarshal.Cast<byte, short>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                Span<int> ints = MemoryMarshal.Cast<byte, int>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                Span<long> longs = MemoryMarshal.Cast<byte, long>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
