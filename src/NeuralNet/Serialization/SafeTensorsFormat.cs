using System.Text;

namespace NeuralNet.Serialization;

/// <summary>What reader and writer of the safetensors format share: names, limits, the table of dtypes.</summary>
internal static class SafeTensorsFormat
{
    /// <summary>The bytes before the header, which hold its length as a little-endian integer.</summary>
    public const int PrefixLength = 8;

    /// <summary>The largest header, the limit of the reference implementation: 100 MB.</summary>
    public const int MaxHeaderLength = 100_000_000;

    public const string MetadataKey = "__metadata__";
    public const string DTypeKey = "dtype";
    public const string ShapeKey = "shape";
    public const string OffsetsKey = "data_offsets";

    private const int MaxQuotedLength = 64;

    /// <summary>The names in the format, in the order in which the reference implementation lays tensors out: falling alignment.</summary>
    private static readonly (string Name, DType DType)[] s_dtypes =
    [
        ("I64", DType.Int64),
        ("F64", DType.Float64),
        ("F32", DType.Float32),
        ("I32", DType.Int32),
        ("BF16", DType.BFloat16),
        ("F16", DType.Float16),
        ("U8", DType.UInt8),
        ("BOOL", DType.Bool),
    ];

    /// <summary>Gets the names of all dtypes, for messages.</summary>
    public static string DTypeNames { get; } = string.Join(", ", s_dtypes.Select(entry => entry.Name));

    /// <summary>The place of a dtype in the layout of a file; tensors of the first come first.</summary>
    public static int OrderOf(DType dtype) => Array.FindIndex(s_dtypes, entry => entry.DType == dtype);

    public static string NameOf(DType dtype) => s_dtypes[OrderOf(dtype)].Name;

    public static bool TryParseDType(string name, out DType dtype)
    {
        int index = Array.FindIndex(s_dtypes, entry => entry.Name == name);
        dtype = index < 0 ? default : s_dtypes[index].DType;
        return index >= 0;
    }

    /// <summary>Quotes text of a file for a message, which must stay short and printable whatever the file holds.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("'");
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, MaxQuotedLength)))
            quoted.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        if (text.Length > MaxQuotedLength)
            quoted.Append('…');
        return quoted.Append('\'').ToString();
    }

    /// <summary>Bytes go between file and memory as they are, which a big-endian machine would read as other numbers.</summary>
    /// <exception cref="PlatformNotSupportedException">The machine is big-endian.</exception>
    public static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("safetensors: this machine is big-endian, the format is not. Use a little-endian "
                + "machine.");
    }
}
