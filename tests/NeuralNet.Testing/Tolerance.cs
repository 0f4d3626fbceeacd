namespace NeuralNet.Testing;

/// <summary>An error is compared with the relative tolerance times the expected number, or times the floor where that is larger.</summary>
/// <param name="Relative">The relative tolerance.</param>
/// <param name="Floor">The magnitude below which errors are absolute.</param>
public readonly record struct Tolerance(double Relative, double Floor);
