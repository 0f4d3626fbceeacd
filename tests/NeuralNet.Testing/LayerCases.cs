namespace NeuralNet.Testing;

/// <summary>One line for each layer and each of its branches.</summary>
public static partial class LayerCases
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
        Plain("CELU", "default", _ => new CELU(), [4, 5], [4, 5], "CELU(1)"),
        Plain("ELU", "default", _ => new ELU(), [4, 5], [4, 5], "ELU(1)"),
        Plain("HardShrink", "default", _ => new HardShrink(), [4, 5], [4, 5], "HardShrink(0.5)"),
        Plain("HardSigmoid", "matrix", _ => new HardSigmoid(), [4, 5], [4, 5], "HardSigmoid()"),
        Plain("HardSwish", "matrix", _ => new HardSwish(), [4, 5], [4, 5], "HardSwish()"),
        Plain("HardTanh", "default", _ => new HardTanh(), [4, 5], [4, 5], "HardTanh(-1, 1)"),
        Plain("LeakyReLU", "default", _ => new LeakyReLU(), [4, 5], [4, 5], "LeakyReLU(0.01)"),
        Plain("LogSigmoid", "matrix", _ => new LogSigmoid(), [4, 5], [4, 5], "LogSigmoid()"),
        Plain("Mish", "matrix", _ => new Mish(), [4, 5], [4, 5], "Mish()"),
        Plain("ReLU6", "matrix", _ => new ReLU6(), [4, 5], [4, 5], "ReLU6()"),
        Plain("SELU", "matrix", _ => new SELU(), [4, 5], [4, 5], "SELU()"),
        Plain("SiLU", "matrix", _ => new SiLU(), [4, 5], [4, 5], "SiLU()"),
        Plain("SoftShrink", "default", _ => new SoftShrink(), [4, 5], [4, 5], "SoftShrink(0.5)"),
        Plain("Softmin", "last axis", _ => new Softmin(), [4, 5], [4, 5], "Softmin(-1)"),
        Plain("Softplus", "default", _ => new Softplus(), [4, 5], [4, 5], "Softplus(1, 20)"),
        Plain("Softsign", "matrix", _ => new Softsign(), [4, 5], [4, 5], "Softsign()"),
        Plain("TanhShrink", "matrix", _ => new TanhShrink(), [4, 5], [4, 5], "TanhShrink()"),
        Plain("Threshold", "matrix", _ => new Threshold(0.1, -2), [4, 5], [4, 5], "Threshold(0.1, -2)"),
        Plain("GLU", "last axis", _ => new GLU(), [4, 6], [4, 3], "GLU(-1)"),
        Plain("GLU", "other axis", _ => new GLU(0), [4, 6], [2, 6], "GLU(0)"),
        .. ConvolutionCases(),
        .. ImageCases(),
        .. ShapeCases(),
        new("PReLU", "one slope", (dtype, _) => new PReLU(dtype: dtype), [4, 5], [4, 5]) { State = [("weight", [1])], Text = "PReLU(1)" },
        new("PReLU", "channels", (dtype, _) => new PReLU(5, dtype: dtype), [2, 5, 3], [2, 5, 3]) { State = [("weight", [5])], Text = "PReLU(5)" },
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
