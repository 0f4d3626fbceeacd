namespace NeuralNet.Benchmarks.Torch;

/// <summary>Whole steps of training through <see cref="Sequential"/> and the optimizers, and inference.</summary>
internal static class TrainSuite
{
    private static readonly OptimizerKind[] s_optimizers = [OptimizerKind.Sgd, OptimizerKind.Adam];

    private static readonly Network[] s_networks = [DenseNetwork.Xor, DenseNetwork.SmallMlp, DenseNetwork.LargeMlp, new ImageNetwork(ImageModel.LeNet)];

    private static readonly Network[] s_deepNetworks = [new ImageNetwork(ImageModel.Vgg), new ImageNetwork(ImageModel.ResNet)];

    public static IEnumerable<Case> Cases =>
    [
        .. s_optimizers.SelectMany(kind => s_networks.Select(network => Step(network, kind))),
        .. s_deepNetworks.Select(network => Step(network, OptimizerKind.Sgd)),
        .. new long[] { 1, 128 }.Select(batch => InferenceOf($"784-512-512-10-b{batch}", "inference", DenseNetwork.LargeMlp with { Batch = batch })),
        .. new long[] { 1, 32 }.Select(batch =>
            InferenceOf($"resnet18-b{batch}", $"inference-images-b{batch}", new ImageNetwork(ImageModel.ResNet with { Batch = batch }))),
        InferenceOf(ImageModel.MobileNet.Name, "inference-images-b1", new ImageNetwork(ImageModel.MobileNet)),
    ];

    private static Case Step(Network network, OptimizerKind kind) => new(
        $"train/{network.Name}/{kind.Name}",
        [$"{network.Group}-{kind.Name}"],
        device => new TrainingStep(device, network, kind));

    private static Case InferenceOf(string name, string group, Network network) => new(
        $"train/inference-{name}",
        [group],
        device => new Inference(device, network));
}
