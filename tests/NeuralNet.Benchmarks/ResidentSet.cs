using System.Diagnostics;

namespace NeuralNet.Benchmarks;

/// <summary>Samples of the process's resident memory over the steps of a run.</summary>
/// <param name="steps">The length of the run.</param>
internal sealed class ResidentSet(int steps)
{
    private const int SamplesWanted = 1000;
    private const double Megabyte = 1e6;

    private readonly long[] _quarterPeaks = new long[4];
    private readonly int _interval = Math.Max(1, steps / SamplesWanted);

    /// <summary>Takes a sample where one is due.</summary>
    public void Visit(int step)
    {
        if (step % _interval != 0)
            return;
        ref long peak = ref _quarterPeaks[Math.Min(3, 4L * step / steps)];
        peak = Math.Max(peak, Environment.WorkingSet);
    }

    /// <summary>Describes the run: a leak shows as a last quarter above the second. The peak is the kernel's own mark, between samples too.</summary>
    public override string ToString()
    {
        using var process = Process.GetCurrentProcess();
        double second = _quarterPeaks[1] / Megabyte, last = _quarterPeaks[3] / Megabyte;
        return $"peak {process.PeakWorkingSet64 / Megabyte:F0} MB, second quarter {second:F0} MB, last quarter {last:F0} MB ({last / second:F3} times)";
    }
}
