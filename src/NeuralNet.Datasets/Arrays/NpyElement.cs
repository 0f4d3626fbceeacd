using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuralNet.Datasets;

/// <summary>The element type of an npy file: the kind of NumPy (b truth value, i integer, u unsigned, f floating), bytes, byte order.</summary>
internal readonly record struct NpyElement(char Kind, int Size, bool IsBigEndian)
{
    /// <summary>The types that a tensor can hold, for messages.</summary>
    public const string Known = "b1, i1, i2, i4, i8, u1, u2, u4, f2, f4, f8";

    /// <summary>Gets the dtype that holds the elements without loss, or null if there is none.</summary>
    public DType? DType => (Kind, Size) switch
    {
        ('b', 1) => NeuralNet.DType.Bool,
        ('u', 1) => NeuralNet.DType.UInt8,
        ('i', 1 or 2 or 4) or ('u', 2) => NeuralNet.DType.Int32,
        ('i', 8) or ('u', 4) => NeuralNet.DType.Int64,
        ('f', 2) => NeuralNet.DType.Float16,
        ('f', 4) => NeuralNet.DType.Float32,
        ('f', 8) => NeuralNet.DType.Float64,
        _ => null,
    };

    /// <summary>Gets whether elements stand in the file as they stand in a tensor.</summary>
    public bool IsNative => Size == DType!.Value.SizeOf() && (Size == 1 || IsBigEndian != BitConverter.IsLittleEndian);

    /// <summary>Reads a type string of NumPy, such as <c>&lt;f4</c>.</summary>
    public static bool TryParse(string text, out NpyElement element)
    {
        element = default;
        if (text.Length != 3 || text[2] is < '1' or > '9' || !"<>|=".Contains(text[0]))
            return false;
        element = new(text[1], text[2] - '0', text[0] == '>' || (text[0] == '=' && !BitConverter.IsLittleEndian));
        return element.DType is not null && (text[0] != '|' || element.Size == 1);
    }

    /// <summary>The type string of NumPy for a dtype, or null if NumPy has none.</summary>
    public static string? TextOf(DType dtype) => dtype switch
    {
        NeuralNet.DType.Bool => "|b1",
        NeuralNet.DType.UInt8 => "|u1",
        NeuralNet.DType.Int32 => "<i4",
        NeuralNet.DType.Int64 => "<i8",
        NeuralNet.DType.Float16 => "<f2",
        NeuralNet.DType.Float32 => "<f4",
        NeuralNet.DType.Float64 => "<f8",
        _ => null,
    };

    /// <summary>Turns elements of the file into elements of <see cref="DType"/>; the source is changed.</summary>
    public void Convert(Span<byte> source, Span<byte> destination)
    {
        if (IsBigEndian == BitConverter.IsLittleEndian)
            ByteOrder.Reverse(source, Size);
        switch (Kind, Size)
        {
            case ('i', 1):
                Widen<sbyte, int>(source, destination);
                break;
            case ('i', 2):
                Widen<short, int>(source, destination);
                break;
            case ('u', 2):
                Widen<ushort, int>(source, destination);
                break;
            case ('u', 4):
                Widen<uint, long>(source, destination);
                break;
            default:
                source.CopyTo(destination);
                break;
        }
    }

    private static void Widen<TSource, TDestination>(ReadOnlySpan<byte> source, Span<byte> destination)
        where TSource : unmanaged, INumber<TSource>
        where TDestination : unmanaged, INumber<TDestination>
    {
        ReadOnlySpan<TSource> narrow = MemoryMarshal.Cast<byte, TSource>(source);
        Span<TDestination> wide = MemoryMarshal.Cast<byte, TDestination>(destination);
        for (int i = 0; i < narrow.Length; i++)
            wide[i] = TDestination.CreateChecked(narrow[i]);
    }
}
