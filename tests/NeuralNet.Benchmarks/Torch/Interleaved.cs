using System.Diagnostics;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>Times two pieces of code in turn, so that both see the same machine, with a rest between, so that their idle threads do not meet.</summary>
internal static class Interleaved
{
    private const int Rounds = 31;
    private static readonly TimeSpan s_block = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(300);

    /// <summary>Measures the times of one call of each, and how many times faster the first is, as medians.</summary>
    public static Result Measure(Action ours, Action theirs)
    {
        Block(ours, s_warmUp);
        Block(theirs, s_warmUp);
        double[] our = new double[Rounds], their = new double[Rounds], ratios = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            our[round] = Block(ours, s_block);
            Thread.Sleep(s_block);
            their[round] = Block(theirs, s_block);
            Thread.Sleep(s_block);
            ratios[round] = their[round] / our[round];
        }
        return new(Median(our), Median(their), Median(ratios));
    }

    private static double Block(Action action, TimeSpan length)
    {
        int calls = 0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            action();
            calls++;
        }
        while (Stopwatch.GetElapsedTime(start) < length);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    /// <summary>The medians of one comparison.</summary>
    /// <param name="Ours">Seconds of one call of ours.</param>
    /// <param name="Theirs">Seconds of one call of theirs.</param>
    /// <param name="Ratio">How many times faster ours is.</param>
    public readonly record struct Result(double Ours, double Theirs, double Ratio);
}
