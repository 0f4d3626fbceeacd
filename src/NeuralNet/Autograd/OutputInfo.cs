namespace NeuralNet;

/// <summary>What an operation will produce.</summary>
/// <param name="Layout">The shape, and the order of its axes in memory; dense, from offset 0.</param>
/// <param name="DType">The element type.</param>
internal readonly record struct OutputInfo(Layout Layout, DType DType);
