namespace NeuralNet.Testing;

/// <summary>An optimizer with its options, whose parameters after each of ten steps stand in the golden file.</summary>
/// <param name="Name">The name of the case in the file.</param>
/// <param name="IsAdam">Whether it is Adam; else SGD.</param>
public sealed record OptimizerGolden(string Name, bool IsAdam)
{
    public const int Steps = 10;

    public const double LearningRate = 0.05;

    public const double Epsilon = 1e-8;

    public double Momentum { get; init; }

    public double Dampening { get; init; }

    public double WeightDecay { get; init; }

    public bool Nesterov { get; init; }

    public bool Amsgrad { get; init; }

    public bool Maximize { get; init; }

    public double Beta1 { get; init; } = 0.9;

    public double Beta2 { get; init; } = 0.999;

    public static IReadOnlyList<OptimizerGolden> All { get; } =
    [
        new("sgd", false),
        new("sgd, momentum", false) { Momentum = 0.9 },
        new("sgd, dampening", false) { Momentum = 0.9, Dampening = 0.3 },
        new("sgd, nesterov", false) { Momentum = 0.9, Nesterov = true },
        new("sgd, weight decay", false) { WeightDecay = 0.1 },
        new("sgd, maximize", false) { Maximize = true },
        new("sgd, momentum, dampening, weight decay, maximize", false) { Momentum = 0.8, Dampening = 0.2, WeightDecay = 0.1, Maximize = true },
        new("sgd, nesterov, weight decay, maximize", false) { Momentum = 0.8, Nesterov = true, WeightDecay = 0.1, Maximize = true },
        new("adam", true),
        new("adam, betas", true) { Beta1 = 0.7, Beta2 = 0.9 },
        new("adam, weight decay", true) { WeightDecay = 0.1 },
        new("adam, amsgrad", true) { Amsgrad = true, Beta2 = 0.7 },
        new("adam, maximize", true) { Maximize = true },
        new("adam, weight decay, amsgrad, maximize", true) { WeightDecay = 0.1, Amsgrad = true, Maximize = true, Beta2 = 0.7 },
    ];

    public static OptimizerGolden Named(string name) => All.Single(golden => golden.Name == name);
}
