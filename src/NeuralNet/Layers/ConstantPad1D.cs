namespace NeuralNet;

/// <summary>Puts a constant around sequences.</summary>
/// <remarks>Input [N, C, L], output larger by the widths; see <see cref="Tensor.Pad(ReadOnlySpan{long}, Scalar)"/>. Without parameters.</remarks>
/// <example><code>var layer = new ConstantPad1D([1], 0.5);</code></example>
public sealed class ConstantPad1D : PadLayer
{
    private readonly double _value;

    /// <summary>Creates the layer.</summary>
    /// <param name="padding">One width for all sides, or one for each: left, right; negative ones cut elements off.</param>
    /// <param name="value">The constant.</param>
    /// <exception cref="ArgumentException">There are neither 1 nor 2 widths.</exception>
    public ConstantPad1D(ReadOnlySpan<long> padding, double value)
        : base(1, padding) => _value = value;

    /// <inheritdoc/>
    public override string ToString() => $"{base.ToString()[..^1]}, value {_value})";

    private protected override Tensor Pad(Tensor x) => x.Pad(Widths, _value);
}
