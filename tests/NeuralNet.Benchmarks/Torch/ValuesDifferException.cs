namespace NeuralNet.Benchmarks.Torch;

/// <summary>Both sides did not compute the same: their times mean nothing.</summary>
internal sealed class ValuesDifferException(string message) : Exception(message);
