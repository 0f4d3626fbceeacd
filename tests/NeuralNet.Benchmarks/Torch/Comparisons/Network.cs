using TorchSharp;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>A network to be trained: its layers, its data and its loss, the same on both sides.</summary>
/// <param name="Name">The name in the names of cases.</param>
/// <param name="Batch">The rows of a batch.</param>
/// <param name="Sizes">The features of the input, of each hidden layer and of the output.</param>
internal sealed record Network(string Name, long Batch, params long[] Sizes)
{
    private const int XorSeed = 3;

    public static Network Xor { get; } = new("xor-2-8-1-b4", 4, 2, 8, 1);

    public static Network SmallMlp { get; } = new("mlp-784-128-10-b64", 64, 784, 128, 10);

    public static Network LargeMlp { get; } = new("mlp-784-512-512-10-b128", 128, 784, 512, 512, 10);

    public bool IsXor => this == Xor;

    /// <summary>Makes our model: hidden layers with ReLU, and classes at the end; for XOR with tanh, and a sigmoid at the end.</summary>
    public Sequential CreateModel(Device device)
    {
        RandomGenerator generator = new(seed: XorSeed);
        List<Layer> layers = [];
        for (int i = 1; i < Sizes.Length; i++)
            layers.Add(new Dense(Sizes[i - 1], Sizes[i], bias: true, activation: Activation(i), generator: generator));
        Sequential model = new([.. layers]);
        model.To(device);
        return model;
    }

    /// <summary>Makes a batch of inputs, of [batch, features].</summary>
    public float[] Inputs() => IsXor ? [0, 0, 0, 1, 1, 0, 1, 1] : Values.Uniform(Batch * Sizes[0], 0, 1, seed: 1);

    /// <summary>Makes our targets: class numbers, or for XOR the values.</summary>
    public Tensor Targets(Device device) => IsXor
        ? Tensor.From(XorTargets(), new Shape(4, 1), device)
        : Tensor.From(Values.Classes(Batch, Sizes[^1], seed: 2), new Shape(Batch), device);

    public torch.Tensor TheirTargets() =>
        IsXor ? Values.ToTorch(XorTargets(), [4, 1]) : Values.ToTorch(Values.Classes(Batch, Sizes[^1], seed: 2), [Batch]);

    public Loss CreateLoss() => IsXor
        ? new MeanSquaredError(Reduction.Mean)
        : new CrossEntropy(weight: null, ignoreIndex: -100, labelSmoothing: 0, reduction: Reduction.Mean);

    public torch.Tensor TheirLoss(torch.Tensor prediction, torch.Tensor target) => IsXor
        ? torch.nn.functional.mse_loss(prediction, target, reduction: torch.nn.Reduction.Mean)
        : torch.nn.functional.cross_entropy(
            prediction, target, weight: null, ignore_index: -100, reduction: torch.nn.Reduction.Mean, label_smoothing: 0);

    private static float[] XorTargets() => [0, 1, 1, 0];

    private Layer? Activation(int layer)
    {
        bool isLast = layer == Sizes.Length - 1;
        if (IsXor)
            return isLast ? new Sigmoid() : new Tanh();
        return isLast ? null : new ReLU();
    }
}
