namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Contractions() =>
    [
    ];
}
