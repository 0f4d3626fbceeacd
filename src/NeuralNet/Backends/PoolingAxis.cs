namespace NeuralNet.Backends;

/// <summary>The windows of a pooling along one spatial axis: the elements of the input that each of them has.</summary>
/// <param name="size">The size of the input.</param>
/// <param name="starts">The first element of each window.</param>
/// <param name="counts">How many it has.</param>
/// <param name="lengths">How many a mean over it divides by.</param>
/// <param name="dilation">From an element to the next.</param>
internal sealed class PoolingAxis(long size, long[] starts, long[] counts, long[] lengths, long dilation)
{
    private const int RecentCount = 16;

    /// <summary>The last ones that were made: in training the same are asked for again and again.</summary>
    [ThreadStatic]
    private static (RegularKey Key, PoolingAxis? Axis)[]? t_recent;

    /// <summary>The number of windows.</summary>
    public int Count => starts.Length;

    public long Size => size;

    public long Dilation => dilation;

    public ReadOnlySpan<long> Starts => starts;

    public ReadOnlySpan<long> Counts => counts;

    public ReadOnlySpan<long> Lengths => lengths;

    /// <summary>Whether every element of the input is in one window.</summary>
    public bool IsPartition { get; } = Covers(size, starts, counts, dilation);

    /// <summary>Whether the windows are pairs of elements, one behind the other, that leave none out.</summary>
    public bool IsOfPairs { get; } = size == 2 * counts.Length && Covers(size, starts, counts, dilation) && counts.AsSpan().IndexOfAnyExcept(2) < 0;

    /// <summary>Windows of one size at equal distances. Where a padding is part of a window, it has no elements there.</summary>
    /// <param name="size">The size of the input.</param>
    /// <param name="kernel">The elements of a window.</param>
    /// <param name="stride">The distance between windows.</param>
    /// <param name="padding">How far the first window begins before the input, and the last may end behind it.</param>
    /// <param name="dilation">The distance between elements of a window.</param>
    /// <param name="ceilMode">Whether a last window may go beyond the padding.</param>
    /// <param name="countsPadding">Whether a mean counts padding as elements.</param>
    public static PoolingAxis Regular(long size, long kernel, long stride, long padding, long dilation, bool ceilMode, bool countsPadding)
    {
        RegularKey key = new(size, kernel, stride, padding, dilation, ceilMode, countsPadding);
        ref (RegularKey Key, PoolingAxis? Axis) recent = ref (t_recent ??= new (RegularKey, PoolingAxis?)[RecentCount])[(uint)key.GetHashCode() % RecentCount];
        if (recent.Axis is null || recent.Key != key)
            recent = (key, Create(key));
        return recent.Axis!;
    }

    private static PoolingAxis Create(RegularKey key)
    {
        (long size, long kernel, long stride, long padding, long dilation, bool ceilMode, bool countsPadding) = key;
        long room = size + 2 * padding - dilation * (kernel - 1) - 1;
        long count = room < 0 ? 0 : (room + (ceilMode ? stride - 1 : 0)) / stride + 1;
        if (ceilMode && count > 0 && (count - 1) * stride >= size + padding)
            count--;
        long[] starts = new long[count];
        long[] counts = new long[count];
        long[] lengths = new long[count];
        for (long i = 0; i < count; i++)
        {
            long start = i * stride - padding;
            long skipped = start >= 0 ? 0 : (-start + dilation - 1) / dilation;
            starts[i] = start + skipped * dilation;
            counts[i] = Math.Max(0, Math.Min(kernel - skipped, (size - starts[i] + dilation - 1) / dilation));
            lengths[i] = countsPadding ? Math.Min(start + kernel, size + padding) - start : counts[i];
        }
        return new(size, starts, counts, lengths, dilation);
    }

    /// <summary>A number of windows that cover the input, as equal as possible; they overlap where it is no multiple of that number.</summary>
    public static PoolingAxis Adaptive(long size, long count)
    {
        long[] starts = new long[count];
        long[] counts = new long[count];
        for (long i = 0; i < count; i++)
        {
            starts[i] = i * size / count;
            counts[i] = ((i + 1) * size + count - 1) / count - starts[i];
        }
        return new(size, starts, counts, counts, dilation: 1);
    }

    /// <summary>The same windows, with one divisor for the means over all of them.</summary>
    public PoolingAxis WithLength(long length)
    {
        long[] same = new long[starts.Length];
        same.AsSpan().Fill(length);
        return new(size, starts, counts, same, dilation);
    }

    /// <summary>What the windows of one size were made of.</summary>
    private readonly record struct RegularKey(
        long Size, long Kernel, long Stride, long Padding, long Dilation, bool CeilMode, bool CountsPadding);

    private static bool Covers(long size, long[] starts, long[] counts, long dilation)
    {
        long end = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            if (starts[i] != end)
                return false;
            end += counts[i];
        }
        return end == size && dilation == 1;
    }
}
