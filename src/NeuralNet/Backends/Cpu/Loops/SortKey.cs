using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>Turns elements into unsigned integers of the same order: NaN largest, −0 equal to 0.</summary>
internal static class SortKey<T, TKey>
    where T : unmanaged, INumber<T>
    where TKey : unmanaged, IBinaryInteger<TKey>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TKey Of(T x)
    {
        if (typeof(T) == typeof(float))
        {
            // Adding 0 turns −0 into 0.
            float number = (float)(object)x + 0f;
            uint bits = BitConverter.SingleToUInt32Bits(number);
            uint key = float.IsNaN(number) ? uint.MaxValue : bits ^ ((uint)((int)bits >> 31) | 0x80000000u);
            return TKey.CreateTruncating(key);
        }
        if (typeof(T) == typeof(double))
        {
            double number = (double)(object)x + 0d;
            ulong bits = BitConverter.DoubleToUInt64Bits(number);
            ulong key = double.IsNaN(number) ? ulong.MaxValue : bits ^ ((ulong)((long)bits >> 63) | 0x8000000000000000ul);
            return TKey.CreateTruncating(key);
        }
        if (typeof(T) == typeof(int))
            return TKey.CreateTruncating((uint)(int)(object)x ^ 0x80000000u);
        if (typeof(T) == typeof(long))
            return TKey.CreateTruncating((ulong)(long)(object)x ^ 0x8000000000000000ul);
        return TKey.CreateTruncating(x);
    }
}
