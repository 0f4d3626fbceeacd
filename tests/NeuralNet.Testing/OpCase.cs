namespace NeuralNet.Testing;

/// <summary>One branch of an operation: how to call it, on what, and what comes out by a reference that does not use the library.</summary>
/// <param name="Op">The name of the operation.</param>
/// <param name="Branch">What is special about the case.</param>
/// <param name="Operands">The inputs.</param>
/// <param name="Function">Calls the operation.</param>
/// <param name="Reference">Computes the same in <see cref="double"/>.</param>
public sealed record OpCase(
    string Op,
    string Branch,
    IReadOnlyList<Operand> Operands,
    Func<IReadOnlyList<Tensor>, Tensor> Function,
    Func<IReadOnlyList<RefArray>, RefArray> Reference)
{
    /// <summary>Cases of more elements are too large for central differences, and large enough for several threads.</summary>
    private const int LargestSmall = 1024;

    public string Name => $"{Op}.{Branch}";

    public Accepts Accepts { get; init; } = Accepts.Floating;

    /// <summary>Whether a gradient flows through.</summary>
    public bool IsDifferentiable { get; init; } = true;

    /// <summary>Whether an element of the result depends on one element of each input, so that special values stay in place.</summary>
    public bool IsElementwise { get; init; }

    /// <summary>Whether it does so without broadcasting: gradients are not summed then.</summary>
    public bool IsLocal => IsElementwise && Operands.All(operand => operand.Sizes.AsSpan().SequenceEqual(Operands[0].Sizes));

    /// <summary>Whether the operands' sizes depend on each other, so that a larger last operand is an error.</summary>
    public bool MustFit { get; init; } = true;

    /// <summary>Whether errors name the operation; not so where the case makes its input by others first.</summary>
    public bool NamesErrors { get; init; } = true;

    /// <summary>Whether the case can run where there are no data.</summary>
    public bool RunsOnMeta { get; init; } = true;

    /// <summary>The ε of central differences.</summary>
    public double Step { get; init; } = 1e-5;

    public bool IsLarge => Operands.Max(operand => operand.Length) > LargestSmall;

    /// <summary>The inputs' numbers for a dtype to compute in.</summary>
    public RefArray[] Draw(DType dtype) => [.. Operands.Select((operand, i) => Draw(operand, Seed + i, dtype))];

    public override string ToString() => Name;

    /// <summary>The numbers of an operand; for dtypes without fractions whole, and wrapped to their range.</summary>
    private static RefArray Draw(Operand operand, int seed, DType dtype)
    {
        RefArray values = operand.Domain.Draw(operand.Sizes, seed);
        bool isDrawnAsIs = operand.DType is not null || dtype is DType.Float32 or DType.Float64;
        return isDrawnAsIs ? values : values.Map(x => HostValues.Wrap(Math.Round(3 * x), dtype));
    }

    /// <summary>The same in every process, unlike a string's hash code.</summary>
    private int Seed => Name.Aggregate(17, (hash, character) => unchecked(hash * 31 + character)) & 0xFFFFFF;
}
