namespace NeuralNet.Benchmarks.Torch;

/// <summary>Whole steps of training through <see cref="Sequential"/> and the optimizers, and inference.</summary>
internal static class TrainSuite
{
    private static readonly OptimizerKind[] s_optimizers = [OptimizerKind.Sgd, OptimizerKind.Adam];

    private static readonly Network[] s_networks = [Network.Xor, Network.SmallMlp, Network.LargeMlp];

    public static IEnumerable<Case> Cases =>
    [
        .. s_optimizers.SelectMany(kind => s_networks.Select(network => Step(network, kind))),
        .. new long[] { 1, 128 }.Select(InferenceOf),
    ];

    private static Case Step(Network network, OptimizerKind kind) => new(
        $"train/{network.Name}/{kind.Name}",
        [network.IsXor ? $"xor-{kind.Name}" : $"train-{kind.Name}"],
        device => new TrainingStep(device, network, kind));

    private static Case InferenceOf(long batch) => new(
        $"train/inference-784-512-512-10-b{batch}",
        ["inference"],
        device => new Inference(device, Network.LargeMlp with { Batch = batch }));
}
