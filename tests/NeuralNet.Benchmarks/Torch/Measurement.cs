namespace NeuralNet.Benchmarks.Torch;

/// <summary>The times of one case, in microseconds a call.</summary>
/// <param name="Case">The name of the case.</param>
/// <param name="Ours">Our median.</param>
/// <param name="Torch">libtorch's median.</param>
/// <param name="Ratio">The median of the ratios of neighbouring blocks; above 1, ours is faster.</param>
/// <param name="OursLow">Our lowest decile.</param>
/// <param name="TorchLow">libtorch's lowest decile.</param>
internal sealed record Measurement(string Case, double Ours, double Torch, double Ratio, double OursLow, double TorchLow)
{
    /// <summary>Gets libtorch's median in its standard layout, where it was timed in two.</summary>
    public double? TorchStandard { get; init; }

    /// <summary>Gets libtorch's median with channels last.</summary>
    public double? TorchChannelsLast { get; init; }

    /// <summary>Formats <c>case ours_us torch_us ratio</c>.</summary>
    public override string ToString() => $"{Case,-44} {Ours,12:F3} {Torch,12:F3} {Ratio,8:F2}"
        + (TorchStandard is null ? "" : $"   standard {TorchStandard:F3}, channels last {TorchChannelsLast:F3}");
}
