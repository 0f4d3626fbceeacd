namespace NeuralNet;

/// <summary>Puts the elements of the other end around volumes.</summary>
/// <remarks>Input [N, C, D, H, W], output larger by the widths; see <see cref="Tensor.Pad(ReadOnlySpan{long}, PaddingMode)"/>. Without parameters.</remarks>
/// <example><code>var layer = new CircularPad3D(1);</code></example>
public sealed class CircularPad3D : PadLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="padding">One width for all sides, or one for each: left, right, top, bottom, front, back.</param>
    /// <exception cref="ArgumentException">There are neither 1 nor 6 widths.</exception>
    public CircularPad3D(params ReadOnlySpan<long> padding)
        : base(3, padding)
    {
    }

    private protected override Tensor Pad(Tensor x) => x.Pad(Widths, PaddingMode.Circular);
}
