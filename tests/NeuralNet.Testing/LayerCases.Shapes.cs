namespace NeuralNet.Testing;

public static partial class LayerCases
{
    private static IEnumerable<LayerCase> ShapeCases() =>
    [
        Plain("ZeroPad1D", "widths", _ => new ZeroPad1D(1, 2), [2, 3, 4], [2, 3, 7], "ZeroPad1D(1, 2)"),
        Plain("ZeroPad2D", "widths", _ => new ZeroPad2D(1, 0, 1, 2), [1, 2, 4, 5], [1, 2, 7, 6], "ZeroPad2D(1, 0, 1, 2)"),
        Plain("ZeroPad3D", "widths", _ => new ZeroPad3D(1), [1, 2, 2, 3, 4], [1, 2, 4, 5, 6], "ZeroPad3D(1)"),
        Plain("ReflectionPad1D", "widths", _ => new ReflectionPad1D(1, 2), [2, 3, 4], [2, 3, 7], "ReflectionPad1D(1, 2)"),
        Plain("ReflectionPad2D", "widths", _ => new ReflectionPad2D(1, 0, 1, 2), [1, 2, 4, 5], [1, 2, 7, 6], "ReflectionPad2D(1, 0, 1, 2)"),
        Plain("ReflectionPad3D", "widths", _ => new ReflectionPad3D(1), [1, 2, 2, 3, 4], [1, 2, 4, 5, 6], "ReflectionPad3D(1)"),
        Plain("ReplicationPad1D", "widths", _ => new ReplicationPad1D(1, 2), [2, 3, 4], [2, 3, 7], "ReplicationPad1D(1, 2)"),
        Plain("ReplicationPad2D", "widths", _ => new ReplicationPad2D(1, 0, 1, 2), [1, 2, 4, 5], [1, 2, 7, 6], "ReplicationPad2D(1, 0, 1, 2)"),
        Plain("ReplicationPad3D", "widths", _ => new ReplicationPad3D(1), [1, 2, 2, 3, 4], [1, 2, 4, 5, 6], "ReplicationPad3D(1)"),
        Plain("CircularPad1D", "widths", _ => new CircularPad1D(1, 2), [2, 3, 4], [2, 3, 7], "CircularPad1D(1, 2)"),
        Plain("CircularPad2D", "widths", _ => new CircularPad2D(1, 0, 1, 2), [1, 2, 4, 5], [1, 2, 7, 6], "CircularPad2D(1, 0, 1, 2)"),
        Plain("CircularPad3D", "widths", _ => new CircularPad3D(1), [1, 2, 2, 3, 4], [1, 2, 4, 5, 6], "CircularPad3D(1)"),
        Plain("ConstantPad1D", "widths", _ => new ConstantPad1D([1], 0.5), [2, 3, 4], [2, 3, 6], "ConstantPad1D(1, value 0.5)"),
        Plain("ConstantPad2D", "widths", _ => new ConstantPad2D([1, 1, -1, 2], 0.5), [1, 2, 4, 5], [1, 2, 5, 7], "ConstantPad2D(1, 1, -1, 2, value 0.5)"),
        Plain("ConstantPad3D", "widths", _ => new ConstantPad3D([1], 0.5), [1, 2, 2, 3, 4], [1, 2, 4, 5, 6], "ConstantPad3D(1, value 0.5)"),
        Plain("Upsample", "nearest", _ => new Upsample(scaleFactor: 2), [1, 2, 3, 2], [1, 2, 6, 4], "Upsample(×2, Nearest)"),
        Plain("Upsample", "one axis", _ => new Upsample(7, mode: InterpolationMode.Linear), [2, 3, 4], [2, 3, 7], "Upsample(7, Linear)"),
        Plain("Upsample", "corners", _ => new Upsample((5, 3), mode: InterpolationMode.Linear, alignCorners: true), [1, 2, 3, 3], [1, 2, 5, 3],
            "Upsample((5, 3), Linear, aligned corners)"),
        Plain("PixelShuffle", "2", _ => new PixelShuffle(2), [2, 8, 2, 3], [2, 2, 4, 6], "PixelShuffle(2)"),
        Plain("PixelUnshuffle", "2", _ => new PixelUnshuffle(2), [2, 2, 4, 6], [2, 8, 2, 3], "PixelUnshuffle(2)"),
        Plain("Unflatten", "channels", _ => new Unflatten(1, 2, -1, 3), [2, 12], [2, 2, 2, 3], "Unflatten(1, [2, -1, 3])"),
        new("Residual", "identity", (dtype, g) => new Residual(new Dense(5, 5, dtype: dtype, generator: g)), [4, 5], [4, 5])
        {
            State = [("block.weight", [5, 5]), ("block.bias", [5])],
            Text = "Residual(Dense(5 → 5))",
        },
        new("Residual", "shortcut", Shortcut, [1, 2, 4, 3], [1, 3, 4, 3])
        {
            State = [("block.0.weight", [3, 2, 3, 3]), ("block.0.bias", [3]), ("shortcut.weight", [3, 2, 1, 1])],
            Text = "Residual(Sequential(Conv2D(2 → 3, 3×3, padding 1), Tanh()), shortcut Conv2D(2 → 3, 1×1, no bias), Sigmoid())",
        },
        new("ParallelLayers", "sum", (dtype, g) => Beside(BranchMerge.Sum, dtype, g), [4, 5], [4, 3]) { State = BesideState, Text = Beside("Sum") },
        new("ParallelLayers", "mean", (dtype, g) => Beside(BranchMerge.Mean, dtype, g), [4, 5], [4, 3]) { State = BesideState, Text = Beside("Mean") },
        new("ParallelLayers", "product", (dtype, g) => Beside(BranchMerge.Product, dtype, g), [4, 5], [4, 3]) { State = BesideState, Text = Beside("Product") },
        new("ParallelLayers", "maximum", (dtype, g) => Beside(BranchMerge.Maximum, dtype, g), [4, 5], [4, 3]) { State = BesideState, Text = Beside("Maximum") },
        new("Concat", "channels", Joined, [1, 2, 4, 3], [1, 5, 4, 3])
        {
            State = [("0.weight", [3, 2, 3, 3]), ("0.bias", [3])],
            Text = "Concat(1, Conv2D(2 → 3, 3×3, padding 1), Identity())",
        },
    ];

    private static (string Name, Shape Shape)[] BesideState =>
        [("0.weight", [3, 5]), ("0.bias", [3]), ("1.weight", [3, 5]), ("1.bias", [3]), ("2.weight", [3, 5]), ("2.bias", [3])];

    private static string Beside(string merge) => $"ParallelLayers({merge}, Dense(5 → 3), Dense(5 → 3, Sigmoid()), Dense(5 → 3))";

    private static ParallelLayers Beside(BranchMerge merge, DType dtype, RandomGenerator g) => new(
        merge,
        new Dense(5, 3, dtype: dtype, generator: g),
        new Dense(5, 3, activation: new Sigmoid(), dtype: dtype, generator: g),
        new Dense(5, 3, dtype: dtype, generator: g));

    private static Residual Shortcut(DType dtype, RandomGenerator g) => new(
        new Sequential(new Conv2D(2, 3, 3, padding: 1, dtype: dtype, generator: g), new Tanh()),
        new Conv2D(2, 3, 1, bias: false, dtype: dtype, generator: g),
        new Sigmoid());

    private static Concat Joined(DType dtype, RandomGenerator g) => new(1, new Conv2D(2, 3, 3, padding: 1, dtype: dtype, generator: g), new Identity());
}
