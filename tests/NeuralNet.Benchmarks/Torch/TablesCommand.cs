using System.Text.Json;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>
/// Prints the tables of docs/benchmarks.md from saved runs: for each number of threads the median over its runs, losses first.
/// </summary>
internal static class TablesCommand
{
    public const string Usage = "tables FILE...";

    /// <summary>A ratio below this is a loss; between this and 1 the noise decides.</summary>
    private const double Loss = 0.95;

    public static int Run(string[] files)
    {
        SavedRun[] runs = [.. files.Select(file => JsonSerializer.Deserialize<SavedRun>(File.ReadAllText(file))!)];
        if (runs.Length == 0)
            throw new ArgumentException($"tables: no file. Usage: {Usage}");
        int[] threads = [.. runs.Select(run => run.Threads).Distinct().Order()];
        string[] cases = [.. runs.SelectMany(run => run.Measurements).Select(one => one.Case).Distinct()];
        WriteHeader("Losses", threads);
        foreach (string name in cases.Where(name => threads.Any(count => Median(runs, count, name)?.Ratio < Loss)))
            WriteRow(runs, threads, name);
        foreach (IGrouping<string, string> suite in cases.GroupBy(name => name[..name.IndexOf('/')]))
        {
            WriteHeader(suite.Key, threads);
            foreach (string name in suite)
                WriteRow(runs, threads, name);
        }
        WriteMeans(runs, threads);
        return 0;
    }

    private static void WriteHeader(string title, int[] threads)
    {
        var columns = threads.Select(count => $" ours, {count} t, µs | libtorch | ratio |");
        Console.WriteLine($"\n## {title}\n\n| case |{string.Concat(columns)}");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("--:|--:|--:|", threads.Length))}");
    }

    private static void WriteRow(SavedRun[] runs, int[] threads, string name)
    {
        Console.Write($"| {name} |");
        foreach (int count in threads)
            Console.Write(Median(runs, count, name) is { } one ? $" {one.Ours:G4} | {one.Torch:G4} | {one.Ratio:F2} |" : " | | |");
        Console.WriteLine();
    }

    private static void WriteMeans(SavedRun[] runs, int[] threads)
    {
        Console.WriteLine($"\n## Geometric means\n\n| group |{string.Concat(threads.Select(count => $" {count} t |"))}");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("--:|", threads.Length))}");
        foreach (string group in runs.SelectMany(run => run.Means.Keys).Distinct())
        {
            var means = threads.Select(count => Quantiles.Median(runs.Where(run => run.Threads == count && run.Means.ContainsKey(group))
                .Select(run => run.Means[group])));
            Console.WriteLine($"| {group} |{string.Concat(means.Select(mean => $" {mean:F2} |"))}");
        }
    }

    private static Measurement? Median(SavedRun[] runs, int threads, string name)
    {
        IEnumerable<SavedRun> chosen = runs.Where(run => run.Threads == threads);
        Measurement[] found = [.. chosen.SelectMany(run => run.Measurements).Where(one => one.Case == name)];
        return found.Length == 0 ? null : found[0] with
        {
            Ours = Quantiles.Median(found.Select(one => one.Ours)),
            Torch = Quantiles.Median(found.Select(one => one.Torch)),
            Ratio = Quantiles.Median(found.Select(one => one.Ratio)),
        };
    }
}
