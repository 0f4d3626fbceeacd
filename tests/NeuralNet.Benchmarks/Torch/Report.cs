using System.Runtime.InteropServices;
using System.Text.Json;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>What a run has measured, and the geometric means of its groups.</summary>
/// <param name="threads">The threads of either side.</param>
internal sealed class Report(int threads)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private readonly List<Measurement> _measurements = [];
    private readonly Dictionary<string, List<double>> _groups = [];

    public bool IsEmpty => _measurements.Count == 0;

    public void Add(Measurement measurement, string[] groups)
    {
        _measurements.Add(measurement);
        foreach (string group in groups)
        {
            if (!_groups.TryGetValue(group, out List<double>? ratios))
                _groups.Add(group, ratios = []);
            ratios.Add(measurement.Ratio);
        }
    }

    /// <summary>Writes a line <c>geomean GROUP ratio</c> for each group.</summary>
    public void WriteMeans(TextWriter writer)
    {
        foreach ((string group, List<double> ratios) in _groups)
            writer.WriteLine($"geomean {group} {GeometricMean(ratios):F2}");
    }

    public void Save(string path)
    {
        SavedRun run = new(
            DateTime.UtcNow,
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            CpuOptions.WidestInstructionSet.ToString(),
            threads,
            _measurements,
            _groups.ToDictionary(group => group.Key, group => GeometricMean(group.Value)));
        File.WriteAllText(path, JsonSerializer.Serialize(run, s_json));
    }

    private static double GeometricMean(List<double> ratios) => Math.Exp(ratios.Average(Math.Log));
}
