namespace NeuralNet;

/// <summary>Puts a constant around volumes.</summary>
/// <remarks>Input [N, C, D, H, W], output larger by the widths; see <see cref="Tensor.Pad(ReadOnlySpan{long}, Scalar)"/>. Without parameters.</remarks>
/// <example><code>var layer = new ConstantPad3D([1], 0.5);</code></example>
public sealed class ConstantPad3D : PadLayer
{
    private readonly double _value;

    /// <summary>Creates the layer.</summary>
    /// <param name="padding">One width for all sides, or one for each: left, right, top, bottom, front, back; negative ones cut elements off.</param>
    /// <param name="value">The constant.</param>
    /// <exception cref="ArgumentException">There are neither 1 nor 6 widths.</exception>
    public ConstantPad3D(ReadOnlySpan<long> padding, double value)
        : base(3, padding) => _value = value;

    /// <inheritdoc/>
    public override string ToString() => $"{base.ToString()[..^1]}, value {_value})";

    private protected override Tensor Pad(Tensor x) => x.Pad(Widths, _value);
}
