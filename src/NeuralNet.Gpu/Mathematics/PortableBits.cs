using ILGPU;

namespace NeuralNet.Backends.Gpu;

/// <summary>Those conversions of <see cref="BitConverter"/> that ILGPU does not know, by its own.</summary>
internal static class PortableBits
{
    public static uint SingleToUInt32Bits(float value) => Interop.FloatAsInt(value);

    public static float UInt32BitsToSingle(uint value) => Interop.IntAsFloat(value);

    public static ulong DoubleToUInt64Bits(double value) => Interop.FloatAsInt(value);

    public static double UInt64BitsToDouble(ulong value) => Interop.IntAsFloat(value);
}
