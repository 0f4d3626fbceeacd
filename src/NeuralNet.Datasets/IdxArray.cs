using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuralNet.Datasets;

/// <summary>The content of an IDX file.</summary>
/// <param name="Type">The type of the elements.</param>
/// <param name="Sizes">The sizes of the axes.</param>
/// <param name="Data">The elements in row-major order, in the byte order of this machine.</param>
internal sealed record IdxArray(IdxType Type, long[] Sizes, byte[] Data)
{
    /// <summary>Turns big-endian data, as they stand in the file, into the byte order of this machine, in place.</summary>
    public static IdxArray FromBigEndian(IdxType type, long[] sizes, byte[] data)
    {
        if (BitConverter.IsLittleEndian)
            ByteOrder.Reverse(data, SizeOf(type));
        return new(type, sizes, data);
    }

    public Tensor ToTensor()
    {
        Shape shape = new(Sizes.AsSpan());
        return Type switch
        {
            IdxType.UnsignedByte => Tensor.From(Data, shape),
            IdxType.SignedByte => Tensor.From(Widen<sbyte>(), shape),
            IdxType.Short => Tensor.From(Widen<short>(), shape),
            IdxType.Int => Tensor.From(Elements<int>(), shape),
            IdxType.Float => Tensor.From(Elements<float>(), shape),
            IdxType.Double => Tensor.From(Elements<double>(), shape),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The size of an element in bytes, or 0 if the type is none of the format's.</summary>
    public static int SizeOf(IdxType type) => type switch
    {
        IdxType.UnsignedByte or IdxType.SignedByte => 1,
        IdxType.Short => 2,
        IdxType.Int or IdxType.Float => 4,
        IdxType.Double => 8,
        _ => 0,
    };

    private ReadOnlySpan<T> Elements<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Data);

    /// <summary>No tensor holds 8 or 16 signed bits.</summary>
    private int[] Widen<T>()
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> elements = Elements<T>();
        int[] wide = new int[elements.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = int.CreateChecked(elements[i]);
        return wide;
    }
}
