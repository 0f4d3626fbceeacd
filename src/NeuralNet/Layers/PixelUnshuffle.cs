namespace NeuralNet;

/// <summary>Makes smaller images of more channels: the inverse of <see cref="PixelShuffle"/>.</summary>
/// <remarks>Input [N, C, H, W], output [N, C·r², H/r, W/r]; see <see cref="Tensor.PixelUnshuffle"/>. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new PixelUnshuffle(2), new Conv2D(3 * 4, 16, kernelSize: 3, padding: 1));</code></example>
/// <param name="downscaleFactor">r.</param>
public sealed class PixelUnshuffle(long downscaleFactor) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => $"PixelUnshuffle({downscaleFactor})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.PixelUnshuffle(downscaleFactor);
}
