namespace NeuralNet.Backends;

/// <summary>What a matrix product does to its result before it writes it. The default does nothing.</summary>
internal readonly struct MatMulEpilogue<T>
    where T : unmanaged
{
    /// <summary>Whether the product is added to what c holds (β = 1); otherwise c is never read (β = 0).</summary>
    public bool Accumulate { get; init; }

    /// <summary>A row of n elements that is added to each row of the result, or null.</summary>
    public View<T>? Bias { get; init; }

    /// <summary>The function applied last, element by element.</summary>
    public FusedActivation Activation { get; init; }
}
