namespace NeuralNet.Benchmarks.Torch;

/// <summary>A run as it is saved.</summary>
internal sealed record SavedRun(
    DateTime Date,
    string System,
    string Framework,
    string InstructionSet,
    int Threads,
    List<Measurement> Measurements,
    Dictionary<string, double> Means);
