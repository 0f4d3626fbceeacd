using System.Collections.Concurrent;
using CsCheck;

namespace NeuralNet.Tests;

public sealed class RandomGeneratorTests
{
    [Fact]
    public void NextDouble_SameSeedAndPosition_Repeats()
    {
        RandomGenerator generator = new(42);
        _ = Draw(generator, 10);
        ulong position = generator.Position;
        double[] expected = Draw(generator, 20);

        Draw(new RandomGenerator(42) { Position = position }, 20).Should().Equal(expected);
        generator.Position = position;
        Draw(generator, 20).Should().Equal(expected);
    }

    [Fact]
    public void NextDouble_OtherSeed_Differs() =>
        Draw(new RandomGenerator(1), 5).Should().NotIntersectWith(Draw(new RandomGenerator(2), 5));

    // Golden values: a change of them breaks every experiment that was seeded with an earlier version.
    [Fact]
    public void Draws_SeedZero_GiveTheirGoldenValues()
    {
        RandomGenerator generator = new(0);

        generator.NextDouble().Should().Be((0xE169C58D6627E8D5 >> 11) * Math.Pow(2, -53));
        generator.Position = 0;
        generator.NextSingle().Should().Be((0x6627E8D5 >> 8) / 16777216f);
        generator.Position.Should().Be(1);
        generator.Position = 0;
        generator.NextInt64(0, 1000).Should().Be((long)Math.BigMul(0xE169C58D6627E8D5, 1000, out _));
    }

    [Fact]
    public void Permutation_Golden_IsTheSameEverywhere()
    {
        new RandomGenerator(42).Permutation(10).Should().Equal(5, 9, 0, 1, 8, 6, 4, 3, 7, 2);
        new RandomGenerator(42).Split().Seed.Should().Be(0x39046177A60D816E);
    }

    [Fact]
    public void Permutation_AnyCount_HoldsEachNumberOnce() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 2000]).Sample((seed, count) =>
        {
            long[] order = new RandomGenerator(seed).Permutation(count);
            return order.Order().SequenceEqual(Enumerable.Range(0, count).Select(i => (long)i));
        }, iter: 200);

    [Fact]
    public void Shuffle_SameState_OrdersAsPermutation()
    {
        int[] items = [.. Enumerable.Range(0, 100)];
        new RandomGenerator(3).Shuffle(items.AsSpan());

        items.Select(i => (long)i).Should().Equal(new RandomGenerator(3).Permutation(100));
    }

    [Fact]
    public void Permutation_NegativeCount_Throws() =>
        FluentActions.Invoking(() => new RandomGenerator(1).Permutation(-1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Permutation: -1 numbers. Give 0 or more.*");

    [Fact]
    public void NextInt64_AnyInterval_StaysInside() =>
        Gen.Select(Gen.ULong, Gen.Long, Gen.Long).Where(t => t.Item2 != t.Item3).Sample((seed, a, b) =>
        {
            long low = Math.Min(a, b);
            long high = Math.Max(a, b);
            long x = new RandomGenerator(seed).NextInt64(low, high);
            return x >= low && x < high;
        });

    [Fact]
    public void NextInt64_RangeThatRejectsHalf_StaysUniform()
    {
        // Of the 64-bit words, almost half are rejected for this range; the mean shows whether the rest is even.
        RandomGenerator generator = new(8);
        const ulong range = (1UL << 63) + 1;
        const int count = 20_000;
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += (double)((ulong)generator.NextInt64(long.MinValue, (long)(range - (1UL << 63))) + (1UL << 63)) / range;

        (sum / count).Should().BeApproximately(0.5, 4 / Math.Sqrt(12d * count));
        generator.Position.Should().Be(count, "a rejected word takes no further position");
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 4)]
    public void NextInt64_EmptyInterval_Throws(long low, long high) =>
        FluentActions.Invoking(() => new RandomGenerator(1).NextInt64(low, high))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"*[{low}, {high})*");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(5, 3)]
    public void Reserve_Count_AdvancesByABlockForEachTwo(long count, ulong blocks)
    {
        RandomGenerator generator = new(1) { Position = 7 };

        generator.Reserve(count).Should().Be(7);
        generator.Position.Should().Be(7 + blocks);
    }

    [Fact]
    public void Reserve_Concurrently_GivesDisjointRanges()
    {
        RandomGenerator generator = new(1);
        ConcurrentBag<ulong> starts = [];

        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 5000; i++)
                starts.Add(generator.Reserve(6));
        });

        starts.Order().Should().Equal(Enumerable.Range(0, 40_000).Select(i => 3 * (ulong)i));
    }

    [Fact]
    public void Split_Children_DrawNumbersOfTheirOwn()
    {
        RandomGenerator parent = new(9);
        RandomGenerator[] streams = [parent, parent.Split(), parent.Split(), new RandomGenerator(9).Split().Split()];

        streams.Select(stream => stream.Seed).Should().OnlyHaveUniqueItems();
        streams.SelectMany(stream => Draw(stream, 100)).Should().OnlyHaveUniqueItems();
        parent.Position.Should().Be(102);
        new RandomGenerator(9).Split().Seed.Should().Be(streams[1].Seed, "the same parent has the same children");
    }

    [Fact]
    public void FromEntropy_Twice_GivesDifferentSeeds() =>
        RandomGenerator.FromEntropy().Seed.Should().NotBe(RandomGenerator.FromEntropy().Seed);

    private static double[] Draw(RandomGenerator generator, int count)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = generator.NextDouble();
        return values;
    }
}
