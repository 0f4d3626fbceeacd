namespace NeuralNet.Benchmarks.Torch;

/// <summary>What the command line asks for.</summary>
internal sealed record CompareOptions
{
    public const string Usage = "compare --suite gemm|elementwise|reduce|optimizers|train|vocabulary|quick|all --threads N [--filter TEXT] "
        + "[--rounds N] [--json FILE]";

    public string Suite { get; private init; } = "quick";

    public int Threads { get; private init; } = Environment.ProcessorCount;

    /// <summary>Gets the text that the names of the cases must contain.</summary>
    public string Filter { get; private init; } = "";

    /// <summary>Gets how many blocks of each side are timed.</summary>
    public int Rounds { get; private init; } = 21;

    /// <summary>Gets the file for the results, if any.</summary>
    public string? Json { get; private init; }

    /// <exception cref="ArgumentException">The arguments are none that the command knows.</exception>
    public static CompareOptions Parse(string[] arguments)
    {
        CompareOptions options = new();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length)
                throw Unknown(arguments[i]);
            string value = arguments[i + 1];
            options = arguments[i] switch
            {
                "--suite" when Suites.Names.Contains(value) => options with { Suite = value },
                "--threads" => options with { Threads = Positive(value) },
                "--filter" => options with { Filter = value },
                "--rounds" => options with { Rounds = Positive(value) },
                "--json" => options with { Json = value },
                _ => throw Unknown($"{arguments[i]} {value}"),
            };
        }
        return options;
    }

    private static int Positive(string text) => int.TryParse(text, out int number) && number > 0 ? number : throw Unknown(text);

    private static ArgumentException Unknown(string text) => new($"compare: {text} is not understood. Usage: {Usage}");
}
