using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class RandomGenerator
{
    /// <summary>Draws a number uniform on [0, 1): a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => RandomBits.ToDouble(NextWord());

    /// <summary>Draws a number uniform on [0, 1): a multiple of 2⁻²⁴.</summary>
    public float NextSingle() => RandomBits.ToSingle(Philox.Block(Seed, Reserve(1)).Word0);

    /// <summary>Draws an integer from [<paramref name="low"/>, <paramref name="high"/>), each with exactly the same probability.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is empty.</exception>
    public long NextInt64(long low, long high)
    {
        if (low >= high)
        {
            throw new ArgumentOutOfRangeException(
                nameof(high), high, $"RandomGenerator.NextInt64: no integer is in [{low}, {high}). Pass a high above low.");
        }
        return (long)((ulong)low + DrawBelow((ulong)(high - low), Reserve(1), 0));
    }

    /// <summary>Draws the numbers 0 … <paramref name="count"/> − 1 in random order, each order with the same probability.</summary>
    /// <param name="count">How many numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public long[] Permutation(int count)
    {
        if (count < 0)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Permutation: {count} numbers. Give 0 or more.");
        long[] order = new long[count];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>Puts items into random order, each order with the same probability (Fisher and Yates).</summary>
    /// <remarks>The order depends on seed, position and the number of items alone.</remarks>
    public void Shuffle<T>(Span<T> items)
    {
        ulong counter = Reserve(items.Length);
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)DrawBelow((ulong)i + 1, counter + (ulong)i / RandomBits.LongsPerBlock, i % RandomBits.LongsPerBlock);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Draws 64 random bits.</summary>
    internal ulong NextWord() => Philox.Block(Seed, Reserve(1)).Long0;

    /// <summary>
    /// Draws from [0, range) with the given 64-bit word of a block, or, where that is rejected, of the same block in further lanes.
    /// </summary>
    /// <remarks>Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019.</remarks>
    private ulong DrawBelow(ulong range, ulong counter, int index)
    {
        ulong lane = Philox.Lane.Draws;
        while (true)
        {
            ulong high = Math.BigMul(Philox.Block(Seed, counter, lane).Long(index), range, out ulong low);
            // Of the 2⁶⁴ words, 2⁶⁴ mod range are too many; the remainder is computed only where it can matter.
            if (low >= range || low >= unchecked(0 - range) % range)
                return high;
            lane++;
        }
    }
}
