namespace NeuralNet.Benchmarks.Torch;

/// <summary>One line of the comparison.</summary>
/// <param name="Name">The name, which stays the same from version to version.</param>
/// <param name="Groups">The geometric means that it belongs to, but for its suite's.</param>
/// <param name="Create">Makes both sides on a device; only one case is alive at a time.</param>
internal sealed record Case(string Name, string[] Groups, Func<Device, Comparison> Create);
