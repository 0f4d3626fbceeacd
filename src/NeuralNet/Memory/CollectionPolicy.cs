using System.Diagnostics;

namespace NeuralNet.Memory;

/// <summary>
/// Decides when a pool asks the garbage collector for unreachable tensors: when so much memory is in use that what was dropped may be a
/// good part of it, or when one size ran out again and again. Callers hold the pool's lock.
/// </summary>
/// <remarks>
/// Blocks that come back soon are still in the processor's caches: a dropped result of 256 KB to 4 MB costs a quarter less where 32 MB are
/// dropped between two collections than where 256 MB are; with 8 MB the collections, of 0.15 to 0.3 ms, eat the gain.
/// </remarks>
internal sealed class CollectionPolicy
{
    /// <summary>How much the memory in use grows between two collections, at the least.</summary>
    public const long LeastGrowth = 32L << 20;

    /// <summary>How much it grows between two full collections, at the least: they look at all that the process holds.</summary>
    private const long LeastFullGrowth = 256L << 20;

    /// <summary>How many blocks of one size are taken between two collections, at the least, before fresh memory is.</summary>
    private const int LeastBlocks = 16;

    /// <summary>The same, after many collections in vain.</summary>
    private const int MostBlocks = 4096;

    /// <summary>Collections for a few blocks take at most one part in this many of the time.</summary>
    private const int ShareOfTime = 20;

    private int[] _taken = [];
    private int _patience = LeastBlocks;
    private long _base;
    private long _alive;
    private long _afterFull;
    private long _growth = LeastGrowth;
    private long _lastEnd = Stopwatch.GetTimestamp();
    private long _shortest = long.MaxValue;

    /// <summary>Counts a block that was taken or, with −1, given back.</summary>
    public void Count(int sizeClass, int blocks)
    {
        if (sizeClass >= _taken.Length)
            Array.Resize(ref _taken, Math.Max(64, 2 * sizeClass));
        _taken[sizeClass] += blocks;
    }

    /// <summary>Whether the memory in use grew so much that it is time to collect.</summary>
    /// <param name="liveBytes">The bytes in use.</param>
    /// <param name="isFresh">Whether memory would be taken from the operating system otherwise. Half the growth is enough then, so that a
    /// loop whose period varies a little takes none.</param>
    public bool IsLarge(long liveBytes, bool isFresh) => liveBytes - _base > (isFresh ? _growth / 2 : _growth);

    /// <summary>Whether so many blocks of a size were taken that a collection is likely to find some: in a loop that drops one result in
    /// every round, say.</summary>
    public bool IsFrequent(int sizeClass) => sizeClass < _taken.Length && _taken[sizeClass] >= _patience;

    /// <summary>Whether a collection left so much of what had been taken since the last that dropped tensors may be in the old
    /// generation, and enough was taken since that was searched.</summary>
    public bool IsPoor(long liveBefore, long liveAfter) =>
        liveBefore - liveAfter < (liveBefore - _base) / 4 && liveAfter - _afterFull > Math.Max(LeastFullGrowth, _afterFull / 2);

    /// <summary>Takes note of a collection of all generations.</summary>
    public void CollectedFully(long liveAfter) => _afterFull = liveAfter;

    /// <summary>Takes note of a collection because of the memory in use.</summary>
    public void Collected(long liveAfter)
    {
        Array.Clear(_taken);
        // What was once found alive may come again, in the next training step: forgotten slowly.
        _alive = Math.Max(liveAfter, _alive / 4 * 3);
        _base = _alive;
        _growth = Math.Max(LeastGrowth, _alive / 2);
        _lastEnd = Stopwatch.GetTimestamp();
    }

    /// <summary>Takes note of a collection because of one size; waits longer for the next if it was in vain or the last was not long
    /// ago, less long if the last was long ago.</summary>
    public void CollectedYoung(long start, bool isInVain)
    {
        Array.Clear(_taken);
        long end = Stopwatch.GetTimestamp();
        // The shortest collection tells what they cost; the others were disturbed.
        _shortest = Math.Min(_shortest, end - start);
        if (isInVain || start - _lastEnd < ShareOfTime * _shortest)
            _patience = Math.Min(2 * _patience, MostBlocks);
        else if (start - _lastEnd > 4 * ShareOfTime * _shortest)
            _patience = Math.Max(_patience / 2, LeastBlocks);
        _lastEnd = end;
    }
}
