namespace NeuralNet;

/// <summary>Makes larger images of fewer channels: each group of r² channels becomes the r×r pixels of one.</summary>
/// <remarks>Input [N, C·r², H, W], output [N, C, H·r, W·r]; see <see cref="Tensor.PixelShuffle"/>. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Conv2D(16, 3 * 4, kernelSize: 3, padding: 1), new PixelShuffle(2));</code></example>
/// <param name="upscaleFactor">r.</param>
public sealed class PixelShuffle(long upscaleFactor) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => $"PixelShuffle({upscaleFactor})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.PixelShuffle(upscaleFactor);
}
