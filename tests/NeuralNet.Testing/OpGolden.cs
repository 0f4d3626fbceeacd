namespace NeuralNet.Testing;

/// <summary>A call of an operation whose value and gradients are compared with those of libtorch, which tests/NeuralNet.Goldens computes.</summary>
/// <param name="Key">The operation, and after a comma what is special; libtorch's side is found by it.</param>
/// <param name="Operands">The inputs, drawn by a seed that follows from the name.</param>
/// <param name="Function">Calls the operation.</param>
public sealed record OpGolden(string Key, IReadOnlyList<Operand> Operands, Func<IReadOnlyList<Tensor>, Tensor> Function)
{
    /// <summary>The operation, what is special, and the shapes.</summary>
    public string Name => $"{Key} of {string.Join(" and ", Operands.Select(operand => operand.Shape))}";

    /// <summary>The name of the operation.</summary>
    public string Op => Key.Split(',')[0];

    /// <summary>Whether a gradient flows through.</summary>
    public bool IsDifferentiable { get; init; } = true;

    /// <summary>Whether libtorch computes gradients in double with a constant in float, such as 1/6, so that they are no better than float's.</summary>
    public bool HasFloatConstants { get; init; }

    /// <summary>The inputs' numbers, which float holds exactly.</summary>
    public RefArray[] Draw() => [.. Operands.Select((operand, i) => operand.Domain.Draw(operand.Sizes, Seed + i))];

    public override string ToString() => Name;

    private int Seed => Name.Aggregate(23, (hash, character) => unchecked(hash * 31 + character)) & 0xFFFFFF;
}
