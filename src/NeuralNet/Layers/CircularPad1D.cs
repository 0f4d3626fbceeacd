namespace NeuralNet;

/// <summary>Puts the elements of the other end around sequences.</summary>
/// <remarks>Input [N, C, L], output larger by the widths; see <see cref="Tensor.Pad(ReadOnlySpan{long}, PaddingMode)"/>. Without parameters.</remarks>
/// <example><code>var layer = new CircularPad1D(1);</code></example>
public sealed class CircularPad1D : PadLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="padding">One width for all sides, or one for each: left, right.</param>
    /// <exception cref="ArgumentException">There are neither 1 nor 2 widths.</exception>
    public CircularPad1D(params ReadOnlySpan<long> padding)
        : base(1, padding)
    {
    }

    private protected override Tensor Pad(Tensor x) => x.Pad(Widths, PaddingMode.Circular);
}
