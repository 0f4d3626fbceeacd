namespace NeuralNet.Testing;

/// <summary>The losses of the golden file.</summary>
public enum LossKind
{
    CrossEntropyOfClasses,
    CrossEntropyOfProbabilities,
    Binary,
    Squared,
    Absolute,
}
