namespace NeuralNet.Benchmarks;

/// <summary>A command of the program.</summary>
/// <param name="Summary">One line for the usage text.</param>
/// <param name="Run">Runs it with the arguments after its name; returns the exit code.</param>
internal sealed record Command(string Summary, Func<string[], int> Run);
