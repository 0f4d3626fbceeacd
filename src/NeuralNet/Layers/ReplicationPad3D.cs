namespace NeuralNet;

/// <summary>Puts the outermost elements around volumes.</summary>
/// <remarks>Input [N, C, D, H, W], output larger by the widths; see <see cref="Tensor.Pad(ReadOnlySpan{long}, PaddingMode)"/>. Without parameters.</remarks>
/// <example><code>var layer = new ReplicationPad3D(1);</code></example>
public sealed class ReplicationPad3D : PadLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="padding">One width for all sides, or one for each: left, right, top, bottom, front, back.</param>
    /// <exception cref="ArgumentException">There are neither 1 nor 6 widths.</exception>
    public ReplicationPad3D(params ReadOnlySpan<long> padding)
        : base(3, padding)
    {
    }

    private protected override Tensor Pad(Tensor x) => x.Pad(Widths, PaddingMode.Replicate);
}
