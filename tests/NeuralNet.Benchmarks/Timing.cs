using System.Diagnostics;

namespace NeuralNet.Benchmarks;

/// <summary>Times short pieces of code: warm-up past the JIT's tiers, then the median of many blocks.</summary>
internal static class Timing
{
    private const int Blocks = 51;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_block = TimeSpan.FromMilliseconds(15);

    /// <summary>Measures the time of one call: the median of the blocks, and the fastest block, which a busy machine hardly changes.</summary>
    public static Result Measure(Action action)
    {
        int calls = CallsPerBlock(action);
        double[] times = new double[Blocks];
        for (int block = 0; block < Blocks; block++)
            times[block] = Time(action, calls);
        Array.Sort(times);
        return new(times[Blocks / 2], times[0]);
    }

    /// <summary>Gets the shortest time of one call, in seconds: what the code can do when nothing disturbs it.</summary>
    public static double BestSeconds(Action action)
    {
        CallsPerBlock(action);
        double best = double.PositiveInfinity;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_warmUp)
            best = Math.Min(best, Time(action, calls: 1));
        return best;
    }

    /// <summary>Warms up for a second, and finds how many calls fill a block.</summary>
    private static int CallsPerBlock(Action action)
    {
        int calls = 0;
        long start = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(start) < s_warmUp; calls++)
            action();
        return Math.Max(1, (int)(calls * (s_block / s_warmUp)));
    }

    private static double Time(Action action, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }

    /// <summary>The time of one call.</summary>
    /// <param name="Median">The median, in seconds.</param>
    /// <param name="Fastest">The shortest, in seconds.</param>
    public readonly record struct Result(double Median, double Fastest);
}
