namespace NeuralNet.Testing;

/// <summary>A layer that the contract of layers is run with.</summary>
/// <param name="Layer">The type's name.</param>
/// <param name="Branch">What is special here.</param>
/// <param name="Create">Makes the layer in a dtype; its parameters are drawn from the generator.</param>
/// <param name="Input">The shape of the input.</param>
/// <param name="Output">The shape of the output.</param>
public sealed record LayerCase(string Layer, string Branch, Func<DType, RandomGenerator, Layer> Create, Shape Input, Shape Output)
{
    /// <summary>Gets the unique name, which the tests show.</summary>
    public string Name => $"{Layer}, {Branch}";

    /// <summary>Gets the names and shapes of the state, in order.</summary>
    public (string Name, Shape Shape)[] State { get; init; } = [];

    /// <summary>Gets the names among these of what is not trained.</summary>
    public string[] Buffers { get; init; } = [];

    /// <summary>Gets what <c>ToString</c> gives.</summary>
    public required string Text { get; init; }

    /// <summary>Gets whether the layer draws random numbers in training.</summary>
    public bool IsRandom { get; init; }

    /// <summary>Draws an input, away from the kink of rectifiers; the same numbers for each dtype.</summary>
    public Tensor Draw(DType dtype, Device? device = null)
    {
        Tensor x = Tensor.Randn(Input, generator: new(7));
        return (x + x.Sign() * 0.05).Cast(dtype).To(device ?? Device.Cpu);
    }
}
