using TorchSharp;
using TorchModule = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>A network of dense layers.</summary>
/// <param name="Name">The name in the names of cases.</param>
/// <param name="Batch">The rows of a batch.</param>
/// <param name="Sizes">The features of the input, of each hidden layer and of the output.</param>
internal sealed record DenseNetwork(string Name, long Batch, params long[] Sizes) : Network(Name, Batch)
{
    private const int XorSeed = 3;

    public static DenseNetwork Xor { get; } = new("xor-2-8-1-b4", 4, 2, 8, 1);

    public static DenseNetwork SmallMlp { get; } = new("mlp-784-128-10-b64", 64, 784, 128, 10);

    public static DenseNetwork LargeMlp { get; } = new("mlp-784-512-512-10-b128", 128, 784, 512, 512, 10);

    public bool IsXor => this == Xor;

    public override Shape InputShape => [Batch, Sizes[0]];

    public override string Group => IsXor ? "xor" : "train";

    protected override long Classes => Sizes[^1];

    /// <summary>Makes our model: hidden layers with ReLU, and classes at the end; for XOR with tanh, and a sigmoid at the end.</summary>
    public override Layer CreateModel(Device device)
    {
        RandomGenerator generator = new(seed: XorSeed);
        List<Layer> layers = [];
        for (int i = 1; i < Sizes.Length; i++)
            layers.Add(new Dense(Sizes[i - 1], Sizes[i], bias: true, activation: Activation(i), generator: generator));
        Sequential model = new([.. layers]);
        model.To(device);
        return model;
    }

    public override TorchModule CopyModel(Layer ours, bool channelsLast) => TorchModels.Copy((Sequential)ours);

    public override float[] Inputs() => IsXor ? [0, 0, 0, 1, 1, 0, 1, 1] : base.Inputs();

    public override Tensor Targets(Device device) => IsXor ? Tensor.From(XorTargets(), new Shape(4, 1), device) : base.Targets(device);

    public override torch.Tensor TheirTargets() => IsXor ? Values.ToTorch(XorTargets(), [4, 1]) : base.TheirTargets();

    public override Loss CreateLoss() => IsXor ? new MeanSquaredError(Reduction.Mean) : base.CreateLoss();

    public override torch.Tensor TheirLoss(torch.Tensor prediction, torch.Tensor target) => IsXor
        ? torch.nn.functional.mse_loss(prediction, target, reduction: torch.nn.Reduction.Mean)
        : base.TheirLoss(prediction, target);

    private static float[] XorTargets() => [0, 1, 1, 0];

    private Layer? Activation(int layer)
    {
        bool isLast = layer == Sizes.Length - 1;
        if (IsXor)
            return isLast ? new Sigmoid() : new Tanh();
        return isLast ? null : new ReLU();
    }
}
