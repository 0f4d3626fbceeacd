using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Device code of <see cref="IRandomKernels"/>: a thread for each block of the stream. y starts at its first element.</summary>
internal static class RandomKernels
{
    public static void UniformSingles(DrawArguments draw, float low, float width, float last, ArrayView<float> y)
    {
        for (long block = GridLoop.Start; block * RandomBits.WordsPerBlock < y.Length; block += GridLoop.Step)
        {
            PhiloxBlock words = draw.Block(block);
            for (int i = 0; i < RandomBits.WordsPerBlock; i++)
            {
                long place = block * RandomBits.WordsPerBlock + i;
                if (place < y.Length)
                    y[place] = RandomBits.Scale(RandomBits.ToSingle(words.Word(i)), low, width, last);
            }
        }
    }

    public static void UniformDoubles(DrawArguments draw, double low, double width, double last, ArrayView<double> y)
    {
        for (long block = GridLoop.Start; block * RandomBits.LongsPerBlock < y.Length; block += GridLoop.Step)
        {
            PhiloxBlock words = draw.Block(block);
            for (int i = 0; i < RandomBits.LongsPerBlock; i++)
            {
                long place = block * RandomBits.LongsPerBlock + i;
                if (place < y.Length)
                    y[place] = RandomBits.Scale(RandomBits.ToDouble(words.Long(i)), low, width, last);
            }
        }
    }

    public static void NormalSingles(DrawArguments draw, float mean, float deviation, ArrayView<float> y)
    {
        for (long block = GridLoop.Start; block * RandomBits.WordsPerBlock < y.Length; block += GridLoop.Step)
        {
            PhiloxBlock words = draw.Block(block);
            for (int i = 0; i < RandomBits.WordsPerBlock; i += 2)
            {
                long place = block * RandomBits.WordsPerBlock + i;
                (float first, float second) = PortableNormal.Pair(words.Word(i), words.Word(i + 1));
                if (place < y.Length)
                    y[place] = mean + deviation * first;
                if (place + 1 < y.Length)
                    y[place + 1] = mean + deviation * second;
            }
        }
    }

    /// <summary>The two long words of a block are the radius and the angle of a pair.</summary>
    public static void NormalDoubles(DrawArguments draw, double mean, double deviation, ArrayView<double> y)
    {
        for (long block = GridLoop.Start; block * RandomBits.LongsPerBlock < y.Length; block += GridLoop.Step)
        {
            PhiloxBlock words = draw.Block(block);
            (double first, double second) = PortableNormal.Pair(words.Long0, words.Long1);
            long place = block * RandomBits.LongsPerBlock;
            y[place] = mean + deviation * first;
            if (place + 1 < y.Length)
                y[place + 1] = mean + deviation * second;
        }
    }

    public static void Masks(DrawArguments draw, ulong threshold, ArrayView<byte> y)
    {
        for (long block = GridLoop.Start; block * RandomBits.WordsPerBlock < y.Length; block += GridLoop.Step)
        {
            PhiloxBlock words = draw.Block(block);
            for (int i = 0; i < RandomBits.WordsPerBlock; i++)
            {
                long place = block * RandomBits.WordsPerBlock + i;
                if (place < y.Length)
                    y[place] = RandomBits.ToMask(words.Word(i), threshold);
            }
        }
    }

    public static void Integers(DrawArguments draw, long low, ulong range, ArrayView<long> y)
    {
        for (long block = GridLoop.Start; block * RandomBits.LongsPerBlock < y.Length; block += GridLoop.Step)
        {
            PhiloxBlock words = draw.Block(block);
            for (int i = 0; i < RandomBits.LongsPerBlock; i++)
            {
                long place = block * RandomBits.LongsPerBlock + i;
                if (place < y.Length)
                    y[place] = RandomBits.ToInteger(words.Long(i), low, range);
            }
        }
    }
}
