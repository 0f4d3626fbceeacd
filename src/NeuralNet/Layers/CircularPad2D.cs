namespace NeuralNet;

/// <summary>Puts the elements of the other end around images.</summary>
/// <remarks>Input [N, C, H, W], output larger by the widths; see <see cref="Tensor.Pad(ReadOnlySpan{long}, PaddingMode)"/>. Without parameters.</remarks>
/// <example><code>var layer = new CircularPad2D(1);</code></example>
public sealed class CircularPad2D : PadLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="padding">One width for all sides, or one for each: left, right, top, bottom.</param>
    /// <exception cref="ArgumentException">There are neither 1 nor 4 widths.</exception>
    public CircularPad2D(params ReadOnlySpan<long> padding)
        : base(2, padding)
    {
    }

    private protected override Tensor Pad(Tensor x) => x.Pad(Widths, PaddingMode.Circular);
}
