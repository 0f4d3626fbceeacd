namespace NeuralNet.Samples;

/// <summary>What a training step of a width takes on both, in milliseconds.</summary>
internal sealed record Measurement(int Width, double Cpu, double Gpu);
