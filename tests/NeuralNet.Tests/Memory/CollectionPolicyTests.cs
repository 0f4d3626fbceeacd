using System.Diagnostics;
using NeuralNet.Memory;

namespace NeuralNet.Tests;

public sealed class CollectionPolicyTests
{
    private const long Least = CollectionPolicy.LeastGrowth;

    private readonly CollectionPolicy _policy = new();

    [Fact]
    public void IsLarge_Growth_CountsFromWhatWasAlive()
    {
        _policy.IsLarge(Least, isFresh: false).Should().BeFalse();
        _policy.IsLarge(Least + 1, isFresh: false).Should().BeTrue();
        _policy.Collected(10 * Least);
        _policy.IsLarge(15 * Least, isFresh: false).Should().BeFalse();
        _policy.IsLarge(15 * Least + 1, isFresh: false).Should().BeTrue();
    }

    [Fact]
    public void IsLarge_FreshMemoryNeeded_IsTrueAtHalfTheGrowth()
    {
        _policy.IsLarge(Least / 2, isFresh: true).Should().BeFalse();
        _policy.IsLarge(Least / 2 + 1, isFresh: true).Should().BeTrue();
    }

    [Fact]
    public void Collected_LessAliveThanOnce_ForgetsSlowly()
    {
        _policy.Collected(16 * Least);
        _policy.Collected(0);
        _policy.IsLarge(16 * Least, isFresh: false).Should().BeFalse("a training step's peak comes again");
        for (int i = 0; i < 20; i++)
            _policy.Collected(0);
        _policy.IsLarge(2 * Least, isFresh: false).Should().BeTrue();
    }

    [Fact]
    public void Collected_GrowthThatStaysAlive_CollectsSeldom()
    {
        int collections = 0;
        for (long alive = 0; alive < 1000 * Least; alive += Least / 4)
        {
            if (!_policy.IsLarge(alive, isFresh: true))
                continue;
            collections++;
            _policy.Collected(alive);
        }
        collections.Should().BeInRange(5, 40);
    }

    [Fact]
    public void IsPoor_LessThanAQuarterOfTheGrowthFreed_IsTrue()
    {
        _policy.Collected(40 * Least);
        _policy.IsPoor(80 * Least, 70 * Least).Should().BeFalse();
        _policy.IsPoor(80 * Least, 70 * Least + 1).Should().BeTrue();
    }

    [Fact]
    public void IsPoor_LittleGrowthSinceAFullCollection_IsFalse()
    {
        _policy.IsPoor(8 * Least, 8 * Least).Should().BeFalse("a model of 256 MB may be loaded without one");
        _policy.IsPoor(9 * Least, 9 * Least).Should().BeTrue();
        _policy.CollectedFully(9 * Least);
        _policy.IsPoor(17 * Least, 17 * Least).Should().BeFalse();
        _policy.IsPoor(18 * Least, 18 * Least).Should().BeTrue();
    }

    [Fact]
    public void IsFrequent_BlocksGivenBack_DoNotCount()
    {
        for (int i = 0; i < 100; i++)
        {
            _policy.Count(3, 1);
            _policy.Count(3, -1);
        }
        _policy.IsFrequent(3).Should().BeFalse();
        _policy.IsFrequent(500).Should().BeFalse();
        Take(16);
        _policy.IsFrequent(3).Should().BeTrue();
        _policy.IsFrequent(2).Should().BeFalse();
    }

    [Fact]
    public void CollectedYoung_InVain_WaitsTwiceAsLong()
    {
        _policy.CollectedYoung(Stopwatch.GetTimestamp() + (1L << 50), isInVain: true);
        Take(31);
        _policy.IsFrequent(3).Should().BeFalse();
        Take(1);
        _policy.IsFrequent(3).Should().BeTrue();
    }

    private void Take(int blocks)
    {
        for (int i = 0; i < blocks; i++)
            _policy.Count(3, 1);
    }
}
