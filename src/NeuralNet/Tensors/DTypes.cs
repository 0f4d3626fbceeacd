using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>Facts about the dtypes.</summary>
internal static class DTypes
{
    /// <summary>The size of an element in bytes.</summary>
    public static int SizeOf(this DType dtype) => dtype switch
    {
        DType.Float32 or DType.Int32 => 4,
        DType.Float64 or DType.Int64 => 8,
        DType.Float16 or DType.BFloat16 => 2,
        DType.Bool or DType.UInt8 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "This is no dtype."),
    };

    /// <summary>Whether ops that need floating point compute in this dtype.</summary>
    public static bool IsFloatingPoint(this DType dtype) => dtype is DType.Float32 or DType.Float64;

    public static bool IsInteger(this DType dtype) => dtype is DType.Int32 or DType.Int64 or DType.UInt8;

    /// <summary>The dtype of a .NET element type.</summary>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is no element type.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DType Of<T>()
    {
        if (typeof(T) == typeof(float)) return DType.Float32;
        if (typeof(T) == typeof(double)) return DType.Float64;
        if (typeof(T) == typeof(int)) return DType.Int32;
        if (typeof(T) == typeof(long)) return DType.Int64;
        if (typeof(T) == typeof(bool)) return DType.Bool;
        if (typeof(T) == typeof(byte)) return DType.UInt8;
        if (typeof(T) == typeof(Half)) return DType.Float16;
        if (typeof(T) == typeof(BFloat16)) return DType.BFloat16;
        throw new DTypeException($"{typeof(T).Name}: no tensor holds elements of this type. Use float, double, int, long, bool, byte, "
            + "Half or BFloat16.");
    }
}
