using System.Diagnostics;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>
/// Times two pieces of code in turn, so that both see the same machine, with a rest between, so that their idle threads do not meet.
/// </summary>
internal static class Interleaved
{
    /// <summary>The shortest block; a call that takes longer is a block of its own.</summary>
    private static readonly TimeSpan s_block = TimeSpan.FromMilliseconds(12);

    /// <summary>Longer than an idle thread of either side spins.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(8);

    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(350);

    /// <summary>For long calls, which otherwise would be too few for the JIT's tiers.</summary>
    private static readonly TimeSpan s_longestWarmUp = TimeSpan.FromSeconds(3);

    /// <summary>The calls after which the JIT compiles a method again, and as many once more.</summary>
    private const int TieredCalls = 60;

    /// <summary>Before the first case: what all cases share, such as scopes and allocators, passes the JIT's tiers as well.</summary>
    public static void StartUp(Comparison comparison)
    {
        for (int i = 0; i < 3; i++)
        {
            WarmUp(comparison.Ours);
            WarmUp(comparison.Theirs);
        }
    }

    /// <summary>Warms both up past the JIT's tiers, then times blocks of each in turn.</summary>
    public static Measurement Measure(string name, Comparison comparison, int rounds)
    {
        int ourCalls = WarmUp(comparison.Ours), theirCalls = WarmUp(comparison.Theirs);
        int channelsLastCalls = comparison.HasTwoLayouts ? WarmUp(comparison.TheirsChannelsLast) : 0;
        double[] ours = new double[rounds], theirs = new double[rounds], channelsLast = new double[rounds], ratios = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            ours[round] = Block(comparison.Ours, ourCalls);
            Thread.Sleep(s_rest);
            theirs[round] = Block(comparison.Theirs, theirCalls);
            Thread.Sleep(s_rest);
            ratios[round] = theirs[round] / ours[round];
            if (!comparison.HasTwoLayouts)
                continue;
            channelsLast[round] = Block(comparison.TheirsChannelsLast, channelsLastCalls);
            Thread.Sleep(s_rest);
        }
        if (comparison.HasTwoLayouts)
        {
            double standard = Quantiles.Median(theirs), last = Quantiles.Median(channelsLast);
            double[] faster = last < standard ? channelsLast : theirs;
            double[] fasterRatios = [.. faster.Zip(ours, (their, our) => their / our)];
            return new(
                name, Quantiles.Median(ours), Math.Min(standard, last), Quantiles.Median(fasterRatios), Quantiles.Of(ours, 0.1), Quantiles.Of(faster, 0.1))
            {
                TorchStandard = standard,
                TorchChannelsLast = last,
            };
        }
        return new(
            name,
            Quantiles.Median(ours),
            Quantiles.Median(theirs),
            Quantiles.Median(ratios),
            Quantiles.Of(ours, 0.1),
            Quantiles.Of(theirs, 0.1));
    }

    /// <summary>Calls for a while, with rests in which the JIT can work; returns how many calls fill a block.</summary>
    private static int WarmUp(Action action)
    {
        for (int part = 0; ; part++)
        {
            int calls = 0;
            long start = Stopwatch.GetTimestamp();
            do
            {
                action();
                calls++;
            }
            while (Stopwatch.GetElapsedTime(start) < s_warmUp / 3 || (calls < TieredCalls && Stopwatch.GetElapsedTime(start) < s_longestWarmUp / 3));
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Thread.Sleep(s_rest);
            if (part == 2)
                return (int)Math.Max(1, Math.Ceiling(s_block.TotalSeconds / seconds * calls));
        }
    }

    /// <summary>Returns the microseconds of one call.</summary>
    private static double Block(Action action, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }
}
