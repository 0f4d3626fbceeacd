namespace NeuralNet.Benchmarks.Torch;

/// <summary>The steps of the optimizers alone.</summary>
internal static class OptimizersSuite
{
    private static readonly OptimizerKind[] s_optimizers = [OptimizerKind.SgdWithMomentum, OptimizerKind.Adam];

    public static IEnumerable<Case> Cases =>
        s_optimizers.SelectMany(kind => new[] { Of(kind, "1e5", 250, 99), Of(kind, "1e7", 2500, 999) });

    private static Case Of(OptimizerKind kind, string size, long outFeatures, long inFeatures) => new(
        $"optimizers/{kind.Name}/{size}",
        [$"optimizers-{kind.Name}"],
        device => new OptimizerStep(device, kind, outFeatures, inFeatures));
}
