namespace NeuralNet.Testing;

/// <summary>
/// The table of all operations, a line for each branch, by families. Every operation has a small case, checked by central differences, and
/// a large one, which runs on several threads and in pooled memory.
/// </summary>
public static partial class OpCases
{
    public static IReadOnlyList<OpCase> All { get; } =
    [
        .. Elementwise(), .. Binaries(), .. Comparisons(), .. Selections(), .. Casts(), .. Reductions(), .. Softmaxes(), .. CrossEntropies(), .. BinaryCrossEntropies(),
        .. Products(), .. Movements(), .. Indexing(), .. Empties(), .. Mathematics(), .. Activations(), .. Aggregations(), .. Scans(),
        .. Orders(), .. Rearrangements(), .. Paddings(), .. Places(), .. Contractions(), .. Factorizations(), .. Recomputations(), .. Convolutions(), .. Poolings(),
        .. Normalizations(),
    ];

    /// <summary>Public methods that are made of other operations and are none themselves. They promise the same.</summary>
    public static IReadOnlyList<OpCase> Compositions { get; } =
        [.. NumericCompositions(), .. PlaceCompositions(), .. ContractionCompositions(), .. FactorizationCompositions(),
            .. PoolingCompositions(), .. NormalizationCompositions()];

    private static readonly Dictionary<string, OpCase> s_byName = All.Concat(Compositions).ToDictionary(opCase => opCase.Name);

    public static OpCase Named(string name) => s_byName[name];

    private static Operand In(int[] sizes, Domain? domain = null) => new(sizes, domain ?? Domain.Any);

    private static Operand Positions(int[] sizes, int limit, DType dtype = DType.Int64) => new(sizes, Domain.Index(limit), dtype);

    private static Operand Condition(params int[] sizes) => new(sizes, Domain.Truth, DType.Bool);
}
