namespace NeuralNet.Benchmarks.Torch;

/// <summary>The suites by name.</summary>
internal static class Suites
{
    public const string All = "all";
    public const string Quick = "quick";

    /// <summary>What <see cref="All"/> leaves out, as it takes as long as all the others.</summary>
    public const string Vocabulary = "vocabulary";

    /// <summary>A cross-section that runs in half a minute.</summary>
    private static readonly string[] s_quick =
    [
        "gemm/256x256x256", "gemm/512x512x512", "elementwise/add/1e6", "elementwise/exp/1e6", "elementwise/tanh/1e6",
        "elementwise/softmax-rows/1e6", "reduce/sum/all/1e6", "train/mlp-784-128-10-b64/sgd", "train/mlp-784-128-10-b64/adam",
        "train/xor-2-8-1-b4/sgd", "train/xor-2-8-1-b4/adam",
    ];

    private static readonly Dictionary<string, IEnumerable<Case>> s_suites = new()
    {
        ["gemm"] = GemmSuite.Cases,
        ["elementwise"] = ElementwiseSuite.Cases,
        ["reduce"] = ReduceSuite.Cases,
        ["optimizers"] = OptimizersSuite.Cases,
        ["train"] = TrainSuite.Cases,
        ["conv"] = [.. ConvSuite.Cases, .. ImageSuite.Cases],
        [Vocabulary] = VocabularySuite.Cases,
    };

    public static IEnumerable<string> Names => [.. s_suites.Keys, Quick, All];

    /// <summary>Gets the suites that a name stands for, each with its cases; none if it stands for nothing.</summary>
    public static IEnumerable<(string Suite, IEnumerable<Case> Cases)> Find(string name) => name switch
    {
        All => s_suites.Where(suite => suite.Key != Vocabulary).Select(suite => (suite.Key, suite.Value)),
        Quick => [(name, s_suites.Values.SelectMany(cases => cases).Where(one => s_quick.Contains(one.Name)))],
        _ => s_suites.TryGetValue(name, out IEnumerable<Case>? cases) ? [(name, cases)] : [],
    };
}
