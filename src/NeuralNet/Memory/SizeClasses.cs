using System.Numerics;

namespace NeuralNet.Memory;

/// <summary>The sizes in which memory is kept for reuse: four for each power of two, so that a block is at most a quarter larger than asked for.</summary>
internal static class SizeClasses
{
    /// <summary>The smallest size, of which all are multiples: a cache line, and a 512-bit vector.</summary>
    public const int Unit = 64;

    private const int PerOctave = 4;

    /// <summary>The class of the smallest blocks that have room for a length in bytes.</summary>
    public static int Of(long byteLength)
    {
        long units = Math.Max(1, (byteLength + Unit - 1) / Unit);
        if (units <= PerOctave)
            return (int)units - 1;
        // units lies in (2^k, 2^(k+1)], whose upper ends of quarters are the sizes of the classes.
        int k = BitOperations.Log2((ulong)(units - 1));
        long quarter = (1L << k) / PerOctave;
        long steps = (units - (1L << k) + quarter - 1) / quarter;
        return (k - 1) * PerOctave + (int)steps - 1;
    }

    /// <summary>The size of a class, in bytes.</summary>
    public static long BytesOf(int sizeClass)
    {
        if (sizeClass < PerOctave)
            return (sizeClass + 1) * (long)Unit;
        int k = sizeClass / PerOctave + 1;
        long quarter = (1L << k) / PerOctave;
        return ((1L << k) + (sizeClass % PerOctave + 1) * quarter) * Unit;
    }
}
