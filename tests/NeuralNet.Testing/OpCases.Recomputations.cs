namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Recomputations() =>
    [
        new("Checkpoint", "function", [In([3, 7])], x => Checkpoint.Run(v => v.Square().Tanh(), x[0]), x => x[0].Map(v => Math.Tanh(v * v)))
        {
            RunsOnMeta = false,
        },
        new("Checkpoint", "large", [In([70001])], x => Checkpoint.Run(v => v.Sigmoid(), x[0]), x => x[0].Map(v => 1 / (1 + Math.Exp(-v))))
        {
            RunsOnMeta = false,
        },
    ];
}
