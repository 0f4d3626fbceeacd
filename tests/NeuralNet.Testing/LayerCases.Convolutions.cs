namespace NeuralNet.Testing;

public static partial class LayerCases
{
    private static IEnumerable<LayerCase> ConvolutionCases() =>
    [
        new("Conv1D", "plain", (dtype, g) => new Conv1D(2, 3, 3, dtype: dtype, generator: g), [2, 2, 7], [2, 3, 5])
        {
            State = [("weight", [3, 2, 3]), ("bias", [3])],
            Text = "Conv1D(2 → 3, 3)",
        },
        new("Conv2D", "plain", (dtype, g) => new Conv2D(2, 3, 3, padding: 1, dtype: dtype, generator: g), [2, 2, 4, 5], [2, 3, 4, 5])
        {
            State = [("weight", [3, 2, 3, 3]), ("bias", [3])],
            Text = "Conv2D(2 → 3, 3×3, padding 1)",
        },
        new("Conv2D", "everything", Everything, [1, 4, 7, 9], [1, 6, 4, 9])
        {
            State = [("weight", [6, 2, 3, 2])],
            Text = "Conv2D(4 → 6, 3×2, stride (2, 1), padding (1, 2) (Reflect), dilation (1, 4), groups 2, no bias, ReLU())",
        },
        new("Conv2D", "same", (dtype, g) => new Conv2D(1, 2, (2, 3), padding: ConvolutionPadding.Same, dtype: dtype, generator: g), [2, 1, 4, 5], [2, 2, 4, 5])
        {
            State = [("weight", [2, 1, 2, 3]), ("bias", [2])],
            Text = "Conv2D(1 → 2, 2×3, padding same)",
        },
        new("Conv2D", "same, circular", Circular, [2, 1, 4, 5], [2, 2, 4, 5])
        {
            State = [("weight", [2, 1, 2, 3]), ("bias", [2])],
            Text = "Conv2D(1 → 2, 2×3, padding same (Circular), Tanh())",
        },
        new("Conv3D", "plain", (dtype, g) => new Conv3D(1, 2, (1, 2, 2), stride: (1, 2, 1), dtype: dtype, generator: g), [2, 1, 2, 4, 3], [2, 2, 2, 2, 2])
        {
            State = [("weight", [2, 1, 1, 2, 2]), ("bias", [2])],
            Text = "Conv3D(1 → 2, 1×2×2, stride (1, 2, 1))",
        },
        new("ConvTranspose1D", "plain", (dtype, g) => new ConvTranspose1D(3, 2, 4, stride: 2, padding: 1, dtype: dtype, generator: g), [2, 3, 4], [2, 2, 8])
        {
            State = [("weight", [3, 2, 4]), ("bias", [2])],
            Text = "ConvTranspose1D(3 → 2, 4, stride 2, padding 1)",
        },
        new("ConvTranspose2D", "everything", EverythingTransposed, [1, 4, 3, 3], [1, 6, 6, 5])
        {
            State = [("weight", [4, 3, 3, 2])],
            Text = "ConvTranspose2D(4 → 6, 3×2, stride 2, padding 1, output padding (1, 0), dilation (1, 2), groups 2, no bias, Tanh())",
        },
        new("ConvTranspose3D", "plain", (dtype, g) => new ConvTranspose3D(2, 1, 2, stride: 2, dtype: dtype, generator: g), [1, 2, 1, 2, 2], [1, 1, 2, 4, 4])
        {
            State = [("weight", [2, 1, 2, 2, 2]), ("bias", [1])],
            Text = "ConvTranspose3D(2 → 1, 2×2×2, stride 2)",
        },
        new("Sequential", "fused convolution", (dtype, g) => new Sequential(new Conv2D(1, 2, 3, dtype: dtype, generator: g), new ReLU()), [2, 1, 4, 4], [2, 2, 2, 2])
        {
            State = [("0.weight", [2, 1, 3, 3]), ("0.bias", [2])],
            Text = "Sequential(Conv2D(1 → 2, 3×3), ReLU())",
        },
    ];

    private static Conv2D Everything(DType dtype, RandomGenerator g) => new(
        4, 6, (3, 2), stride: (2, 1), padding: (1, 2), dilation: (1, 4), groups: 2, bias: false, paddingMode: PaddingMode.Reflect, activation: new ReLU(),
        dtype: dtype, generator: g);

    private static Conv2D Circular(DType dtype, RandomGenerator g) => new(
        1, 2, (2, 3), padding: ConvolutionPadding.Same, paddingMode: PaddingMode.Circular, activation: new Tanh(), dtype: dtype, generator: g);

    private static ConvTranspose2D EverythingTransposed(DType dtype, RandomGenerator g) => new(
        4, 6, (3, 2), stride: 2, padding: 1, outputPadding: (1, 0), groups: 2, bias: false, dilation: (1, 2), activation: new Tanh(), dtype: dtype,
        generator: g);
}
