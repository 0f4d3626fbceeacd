namespace NeuralNet.Testing;

/// <summary>One line for each layer and each of its branches.</summary>
public static class LayerCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
        new("Dense", "matrix", (dtype, g) => new Dense(5, 3, dtype: dtype, generator: g), [4, 5], [4, 3])
        {
            State = [("weight", [3, 5]), ("bias", [3])],
            Text = "Dense(5 → 3)",
        },
        new("Dense", "vector", (dtype, g) => new Dense(5, 3, dtype: dtype, generator: g), [5], [3])
        {
            State = [("weight", [3, 5]), ("bias", [3])],
            Text = "Dense(5 → 3)",
        },
        new("Dense", "rank 3, no bias", (dtype, g) => new Dense(5, 3, bias: false, dtype: dtype, generator: g), [2, 4, 5], [2, 4, 3])
        {
            State = [("weight", [3, 5])],
            Text = "Dense(5 → 3, no bias)",
        },
        new("Dense", "fused activation", (dtype, g) => new Dense(5, 3, activation: new ReLU(), dtype: dtype, generator: g), [4, 5], [4, 3])
        {
            State = [("weight", [3, 5]), ("bias", [3])],
            Text = "Dense(5 → 3, ReLU())",
        },
        new("Dense", "activation", (dtype, g) => new Dense(5, 3, activation: new Tanh(), dtype: dtype, generator: g), [2, 2, 5], [2, 2, 3])
        {
            State = [("weight", [3, 5]), ("bias", [3])],
            Text = "Dense(5 → 3, Tanh())",
        },
        Plain("Dropout", "half", g => new Dropout(0.5, g), [4, 5], [4, 5], "Dropout(0.5)") with { IsRandom = true },
        Plain("Dropout", "none", g => new Dropout(0, g), [4, 5], [4, 5], "Dropout(0)"),
        Plain("Flatten", "default", _ => new Flatten(), [2, 3, 4, 2], [2, 24], "Flatten()"),
        Plain("Flatten", "some axes", _ => new Flatten(0, -2), [2, 3, 4], [6, 4], "Flatten(0, -2)"),
        Plain("GELU", "exact", _ => new GELU(), [4, 5], [4, 5], "GELU()"),
        Plain("GELU", "tanh", _ => new GELU(GeluApproximation.Tanh), [4, 5], [4, 5], "GELU(Tanh)"),
        Plain("Identity", "matrix", _ => new Identity(), [4, 5], [4, 5], "Identity()"),
        Plain("LogSoftmax", "last axis", _ => new LogSoftmax(), [4, 5], [4, 5], "LogSoftmax(-1)"),
        Plain("LogSoftmax", "other axis", _ => new LogSoftmax(1), [2, 3, 4], [2, 3, 4], "LogSoftmax(1)"),
        Plain("ReLU", "matrix", _ => new ReLU(), [4, 5], [4, 5], "ReLU()"),
        Plain("Sigmoid", "matrix", _ => new Sigmoid(), [4, 5], [4, 5], "Sigmoid()"),
        Plain("Softmax", "last axis", _ => new Softmax(), [4, 5], [4, 5], "Softmax(-1)"),
        Plain("Softmax", "other axis", _ => new Softmax(0), [2, 3, 4], [2, 3, 4], "Softmax(0)"),
        Plain("Tanh", "matrix", _ => new Tanh(), [4, 5], [4, 5], "Tanh()"),
        Plain("Sequential", "empty", _ => new Sequential(), [4, 5], [4, 5], "Sequential()"),
        new("Sequential", "fused pair", FusedPair, [4, 5], [4, 3])
        {
            State = [("0.weight", [6, 5]), ("0.bias", [6]), ("2.weight", [3, 6]), ("2.bias", [3])],
            Text = "Sequential(Dense(5 → 6), ReLU(), Dense(6 → 3))",
        },
        new("Sequential", "nested", Nested, [4, 5, 1], [4, 3])
        {
            State = [("1.0.weight", [6, 5]), ("1.0.bias", [6]), ("2.weight", [3, 6]), ("2.bias", [3])],
            Text = "Sequential(Flatten(), Sequential(Dense(5 → 6), Tanh()), Dense(6 → 3, Sigmoid()))",
        },
    ];

    public static LayerCase Named(string name) => All.Single(layerCase => layerCase.Name == name);

    private static LayerCase Plain(
        string layer, string branch, Func<RandomGenerator, Layer> create, Shape input, Shape output, string text) =>
        new(layer, branch, (_, g) => create(g), input, output) { Text = text };

    private static Sequential FusedPair(DType dtype, RandomGenerator g) =>
        new(new Dense(5, 6, dtype: dtype, generator: g), new ReLU(), new Dense(6, 3, dtype: dtype, generator: g));

    private static Sequential Nested(DType dtype, RandomGenerator g) => new(
        new Flatten(),
        new Sequential(new Dense(5, 6, dtype: dtype, generator: g), new Tanh()),
        new Dense(6, 3, activation: new Sigmoid(), dtype: dtype, generator: g));
}
