using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Backends.Cpu.Distributions;

/// <summary>Normal numbers in float. The vector form does the operations of <see cref="PortableNormal"/>: the bits are the same.</summary>
internal readonly unsafe struct NormalSingleMap(float mean, float deviation, bool vectorize) : IWordMap<float>
{
    private readonly float _mean = mean;
    private readonly float _deviation = deviation;
    private readonly bool _vectorize = vectorize;

    public static int PerBlock => RandomBits.WordsPerBlock;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke(uint* words, float* y, int count)
    {
        int i = _vectorize ? InvokeVectors(words, y, count) : 0;
        for (; i < count; i += 2)
        {
            (float first, float second) = PortableNormal.Pair(words[i], words[i + 1]);
            y[i] = _mean + _deviation * first;
            if (i + 1 < count)
                y[i + 1] = _mean + _deviation * second;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int InvokeVectors(uint* words, float* y, int count)
    {
        Vector256<ulong> lowHalf = Vector256.Create((ulong)uint.MaxValue);
        int i = 0;
        for (; i + 16 <= count; i += 16)
        {
            // Eight pairs: the radius words are the low halves of the 64-bit lanes, the angle words the high ones.
            Vector256<ulong> a = Vector256.Load((ulong*)(words + i));
            Vector256<ulong> b = Vector256.Load((ulong*)(words + i + 8));
            Vector256<float> radius = Radius(((a & lowHalf) | (b << 32)).AsUInt32());
            SinCosTurn(((a >> 32) | Vector256.AndNot(b, lowHalf)).AsUInt32(), out Vector256<float> sin, out Vector256<float> cos);
            Vector256<ulong> first = (_deviation * (radius * cos) + Vector256.Create(_mean)).AsUInt64();
            Vector256<ulong> second = (_deviation * (radius * sin) + Vector256.Create(_mean)).AsUInt64();
            ((first & lowHalf) | (second << 32)).AsSingle().Store(y + i);
            ((first >> 32) | Vector256.AndNot(second, lowHalf)).AsSingle().Store(y + i + 8);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Radius(Vector256<uint> radiusWord)
    {
        Vector256<float> one = Vector256.Create(1f);
        Vector256<float> u = (Vector256.ConvertToSingle((radiusWord >> 1).AsInt32()) + one) * PortableNormal.RadiusUnit;
        Vector256<int> bits = u.AsInt32();
        Vector256<int> exponentBits = (bits - Vector256.Create(PortableNormal.SqrtHalfBits)) >> 23;
        Vector256<float> exponent = Vector256.ConvertToSingle(exponentBits);
        Vector256<float> f = (bits - (exponentBits << 23)).AsSingle() - one;
        Vector256<float> s = f / (Vector256.Create(2f) + f);
        Vector256<float> t = s * s;
        Vector256<float> tail = t * PortableNormal.L4 + Vector256.Create(PortableNormal.L3);
        tail = t * tail + Vector256.Create(PortableNormal.L2);
        tail = t * (t * tail + Vector256.Create(PortableNormal.L1));
        Vector256<float> log = exponent * PortableNormal.Ln2High + (f - (s * (f - tail) - exponent * PortableNormal.Ln2Low));
        return Vector256.Sqrt(log * -2f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SinCosTurn(Vector256<uint> angleWord, out Vector256<float> sin, out Vector256<float> cos)
    {
        Vector256<uint> quarter = (angleWord + Vector256.Create(1u << 29)) >> 30;
        Vector256<uint> angle = (angleWord & Vector256.Create(PortableNormal.AngleMask)) - (quarter << 30);
        Vector256<float> x = Vector256.ConvertToSingle(angle.AsInt32()) * PortableNormal.Turn;
        Vector256<float> t = x * x;
        Vector256<float> p = t * PortableNormal.S4 + Vector256.Create(PortableNormal.S3);
        p = t * p + Vector256.Create(PortableNormal.S2);
        p = t * p + Vector256.Create(PortableNormal.S1);
        Vector256<float> sinSmall = x + x * t * p;
        p = t * PortableNormal.C4 + Vector256.Create(PortableNormal.C3);
        p = t * p + Vector256.Create(PortableNormal.C2);
        p = t * p + Vector256.Create(PortableNormal.C1);
        Vector256<float> cosSmall = Vector256.Create(1f) - (0.5f * t - t * t * p);
        Vector256<float> isEven = Vector256.Equals(quarter & Vector256<uint>.One, Vector256<uint>.Zero).AsSingle();
        // Bit 1 of the quarter, moved to the sign.
        Vector256<uint> sinSign = (quarter << 30) & Vector256.Create(1u << 31);
        Vector256<uint> cosSign = ((quarter + Vector256<uint>.One) << 30) & Vector256.Create(1u << 31);
        sin = (Vector256.ConditionalSelect(isEven, sinSmall, cosSmall).AsUInt32() ^ sinSign).AsSingle();
        cos = (Vector256.ConditionalSelect(isEven, cosSmall, sinSmall).AsUInt32() ^ cosSign).AsSingle();
    }
}
