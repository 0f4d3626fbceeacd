namespace NeuralNet.Testing;

/// <summary>A loss with its options, whose values and gradients stand in the golden file for all three reductions.</summary>
/// <param name="Name">The name of the case in the file.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Prediction">The sizes of the predictions.</param>
public sealed record LossGolden(string Name, LossKind Loss, params long[] Prediction)
{
    /// <summary>Gets the sizes of a weight, if there is one.</summary>
    public long[]? Weight { get; init; }

    /// <summary>Gets the sizes of a weight of the positive part, if there is one.</summary>
    public long[]? PositiveWeight { get; init; }

    /// <summary>Gets the class number of the targets that are ignored, of which there is one.</summary>
    public long? IgnoreIndex { get; init; }

    public double LabelSmoothing { get; init; }

    public static IReadOnlyList<LossGolden> All { get; } =
    [
        new("classes", LossKind.CrossEntropyOfClasses, 6, 5),
        new("classes, weight", LossKind.CrossEntropyOfClasses, 6, 5) { Weight = [5] },
        new("classes, ignore", LossKind.CrossEntropyOfClasses, 6, 5) { IgnoreIndex = -100 },
        new("classes, ignore 2", LossKind.CrossEntropyOfClasses, 6, 5) { IgnoreIndex = 2 },
        new("classes, ignore, weight", LossKind.CrossEntropyOfClasses, 6, 5) { IgnoreIndex = 255, Weight = [5] },
        new("classes, smoothing", LossKind.CrossEntropyOfClasses, 6, 5) { LabelSmoothing = 0.1 },
        new("classes, smoothing 1", LossKind.CrossEntropyOfClasses, 6, 5) { LabelSmoothing = 1 },
        new("classes, smoothing, ignore", LossKind.CrossEntropyOfClasses, 6, 5) { LabelSmoothing = 0.3, IgnoreIndex = -100 },
        new("classes, smoothing, ignore, weight", LossKind.CrossEntropyOfClasses, 6, 5) { LabelSmoothing = 0.3, IgnoreIndex = -100, Weight = [5] },
        new("classes, rank 1", LossKind.CrossEntropyOfClasses, 5),
        new("classes, rank 1, smoothing, weight", LossKind.CrossEntropyOfClasses, 5) { LabelSmoothing = 0.2, Weight = [5] },
        new("classes, rank 3", LossKind.CrossEntropyOfClasses, 3, 5, 4),
        new("classes, rank 3, smoothing, ignore, weight", LossKind.CrossEntropyOfClasses, 3, 5, 4)
        {
            LabelSmoothing = 0.1,
            IgnoreIndex = 0,
            Weight = [5],
        },
        new("classes, rank 4", LossKind.CrossEntropyOfClasses, 2, 3, 2, 2) { IgnoreIndex = -1, Weight = [3] },
        new("probabilities", LossKind.CrossEntropyOfProbabilities, 6, 5),
        new("probabilities, weight", LossKind.CrossEntropyOfProbabilities, 6, 5) { Weight = [5] },
        new("probabilities, smoothing", LossKind.CrossEntropyOfProbabilities, 6, 5) { LabelSmoothing = 0.1 },
        new("probabilities, rank 1, weight", LossKind.CrossEntropyOfProbabilities, 5) { Weight = [5] },
        new("probabilities, rank 3, smoothing, weight", LossKind.CrossEntropyOfProbabilities, 3, 5, 4) { LabelSmoothing = 0.2, Weight = [5] },
        new("binary", LossKind.Binary, 6, 5),
        new("binary, weight", LossKind.Binary, 6, 5) { Weight = [5] },
        new("binary, weight of rows", LossKind.Binary, 6, 5) { Weight = [6, 1] },
        new("binary, positive weight", LossKind.Binary, 6, 5) { PositiveWeight = [5] },
        new("binary, both weights", LossKind.Binary, 6, 5) { Weight = [6, 5], PositiveWeight = [5] },
        new("binary, rank 1", LossKind.Binary, 7),
        new("squared", LossKind.Squared, 6, 5),
        new("absolute", LossKind.Absolute, 6, 5),
    ];

    public static LossGolden Named(string name) => All.Single(golden => golden.Name == name);
}
