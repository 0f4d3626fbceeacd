using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Backends.Cpu.Distributions;

// The distributions of the backend, element by element; RandomBits and PortableNormal hold the formulas.

internal readonly unsafe struct UniformSingleMap(float low, float high, bool vectorize) : IWordMap<float>
{
    private readonly float _low = low;
    private readonly float _width = high - low;
    private readonly float _last = RandomBits.LastBelow(low, high);
    private readonly bool _vectorize = vectorize;

    public static int PerBlock => RandomBits.WordsPerBlock;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke(uint* words, float* y, int count)
    {
        int i = 0;
        if (_vectorize)
        {
            // The same operations, eight at a time.
            for (; i + Vector256<float>.Count <= count; i += Vector256<float>.Count)
            {
                Vector256<float> unit = Vector256.ConvertToSingle((Vector256.Load(words + i) >> 8).AsInt32()) * RandomBits.UnitSingle;
                Vector256<float> x = Vector256.Create(_low) + unit * _width;
                Vector256.Min(x, Vector256.Create(_last)).Store(y + i);
            }
        }
        for (; i < count; i++)
            y[i] = RandomBits.Scale(RandomBits.ToSingle(words[i]), _low, _width, _last);
    }
}

internal readonly unsafe struct UniformDoubleMap(double low, double high) : IWordMap<double>
{
    private readonly double _low = low;
    private readonly double _width = high - low;
    private readonly double _last = RandomBits.LastBelow(low, high);

    public static int PerBlock => RandomBits.LongsPerBlock;

    public void Invoke(uint* words, double* y, int count)
    {
        for (int i = 0; i < count; i++)
            y[i] = RandomBits.Scale(RandomBits.ToDouble(LongWords.At(words, i)), _low, _width, _last);
    }
}

internal readonly unsafe struct NormalDoubleMap(double mean, double deviation) : IWordMap<double>
{
    private readonly double _mean = mean;
    private readonly double _deviation = deviation;

    public static int PerBlock => RandomBits.LongsPerBlock;

    public void Invoke(uint* words, double* y, int count)
    {
        for (int i = 0; i < count; i += 2)
        {
            (double first, double second) = PortableNormal.Pair(LongWords.At(words, i), LongWords.At(words, i + 1));
            y[i] = _mean + _deviation * first;
            if (i + 1 < count)
                y[i + 1] = _mean + _deviation * second;
        }
    }
}

internal readonly unsafe struct BernoulliMap(double probability, bool vectorize) : IWordMap<byte>
{
    private readonly ulong _threshold = RandomBits.Threshold(probability);
    private readonly bool _vectorize = vectorize;

    public static int PerBlock => RandomBits.WordsPerBlock;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke(uint* words, byte* y, int count)
    {
        // The largest word that means 1 fits into 32 bits, unlike the threshold; there is none where the threshold is 0.
        int i = _vectorize && _threshold != 0 ? InvokeVectors(words, y, count, Vector256.Create((uint)(_threshold - 1))) : 0;
        for (; i < count; i++)
            y[i] = RandomBits.ToMask(words[i], _threshold);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int InvokeVectors(uint* words, byte* y, int count, Vector256<uint> last)
    {
        int i = 0;
        for (; i + Vector256<byte>.Count <= count; i += Vector256<byte>.Count)
        {
            Vector256<uint> a = Vector256.LessThanOrEqual(Vector256.Load(words + i), last);
            Vector256<uint> b = Vector256.LessThanOrEqual(Vector256.Load(words + i + 8), last);
            Vector256<uint> c = Vector256.LessThanOrEqual(Vector256.Load(words + i + 16), last);
            Vector256<uint> d = Vector256.LessThanOrEqual(Vector256.Load(words + i + 24), last);
            Vector256<byte> mask = Vector256.Narrow(Vector256.Narrow(a, b), Vector256.Narrow(c, d));
            (mask & Vector256<byte>.One).Store(y + i);
        }
        return i;
    }
}

internal readonly unsafe struct IntegerMap(long low, long high) : IWordMap<long>
{
    private readonly long _low = low;
    private readonly ulong _range = (ulong)(high - low);

    public static int PerBlock => RandomBits.LongsPerBlock;

    public void Invoke(uint* words, long* y, int count)
    {
        for (int i = 0; i < count; i++)
            y[i] = (long)((ulong)_low + Math.BigMul(LongWords.At(words, i), _range, out _));
    }
}

internal static unsafe class LongWords
{
    /// <summary>The i-th pair of words as one of 64 bits, the first word in the low half.</summary>
    public static ulong At(uint* words, int i) => ((ulong)words[2 * i + 1] << 32) | words[2 * i];
}
