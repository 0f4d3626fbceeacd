namespace NeuralNet;

/// <summary>Puts a constant around images.</summary>
/// <remarks>Input [N, C, H, W], output larger by the widths; see <see cref="Tensor.Pad(ReadOnlySpan{long}, Scalar)"/>. Without parameters.</remarks>
/// <example><code>var layer = new ConstantPad2D([1], 0.5);</code></example>
public sealed class ConstantPad2D : PadLayer
{
    private readonly double _value;

    /// <summary>Creates the layer.</summary>
    /// <param name="padding">One width for all sides, or one for each: left, right, top, bottom; negative ones cut elements off.</param>
    /// <param name="value">The constant.</param>
    /// <exception cref="ArgumentException">There are neither 1 nor 4 widths.</exception>
    public ConstantPad2D(ReadOnlySpan<long> padding, double value)
        : base(2, padding) => _value = value;

    /// <inheritdoc/>
    public override string ToString() => $"{base.ToString()[..^1]}, value {_value})";

    private protected override Tensor Pad(Tensor x) => x.Pad(Widths, _value);
}
