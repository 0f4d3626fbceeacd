namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Makes larger images of fewer channels: each group of r² channels becomes the r×r pixels of one.</summary>
    /// <param name="upscaleFactor">r.</param>
    /// <returns>A tensor of […, C, H·r, W·r], for this one of […, C·r², H, W].</returns>
    /// <remarks>y[c, h·r + i, w·r + j] = x[c·r² + i·r + j, h, w]. Shi and others, "Real-time single image and video super-resolution", 2016.</remarks>
    /// <exception cref="ShapeException">The tensor has fewer than three axes, or its channels are no multiple of r².</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not positive.</exception>
    public Tensor PixelShuffle(long upscaleFactor)
    {
        long r = PixelShuffling.RequireFactor(nameof(PixelShuffle), this, upscaleFactor);
        if (Shape[-3] % (r * r) != 0)
            throw new ShapeException($"{nameof(PixelShuffle)}: {Shape[-3]} channels on axis {Rank - 3} of {Shape} are no multiple of {r}² = {r * r}. Give "
                + "a tensor of such a number of channels, or another factor.");
        int first = Rank - 3;
        int[] leading = [.. Enumerable.Range(0, first)];
        Tensor parts = Unflatten(-3, -1, r, r);
        // […, C, r, r, H, W] becomes […, C, H, r, W, r].
        return parts.Permute([.. leading, first, first + 3, first + 1, first + 4, first + 2])
            .Reshape([.. Shape.Span[..first], Shape[-3] / (r * r), Shape[-2] * r, Shape[-1] * r]);
    }

    /// <summary>Makes smaller images of more channels: the inverse of <see cref="PixelShuffle"/>.</summary>
    /// <param name="downscaleFactor">r.</param>
    /// <returns>A tensor of […, C·r², H/r, W/r], for this one of […, C, H, W].</returns>
    /// <exception cref="ShapeException">The tensor has fewer than three axes, or its height or width is no multiple of r.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not positive.</exception>
    public Tensor PixelUnshuffle(long downscaleFactor)
    {
        long r = PixelShuffling.RequireFactor(nameof(PixelUnshuffle), this, downscaleFactor);
        if (Shape[-2] % r != 0 || Shape[-1] % r != 0)
            throw new ShapeException($"{nameof(PixelUnshuffle)}: images of {Shape[-2]}×{Shape[-1]} in {Shape} are no multiple of {r} on both axes. Pad or cut "
                + "them, or give another factor.");
        int first = Rank - 3;
        int[] leading = [.. Enumerable.Range(0, first)];
        Tensor parts = Unflatten(-2, -1, r).Unflatten(-1, -1, r);
        // […, C, H, r, W, r] becomes […, C, r, r, H, W].
        return parts.Permute([.. leading, first, first + 2, first + 4, first + 1, first + 3])
            .Reshape([.. Shape.Span[..first], Shape[-3] * r * r, Shape[-2] / r, Shape[-1] / r]);
    }
}

/// <summary>What both directions check.</summary>
internal static class PixelShuffling
{
    public static long RequireFactor(string name, Tensor x, long factor)
    {
        if (factor <= 0)
            throw new ArgumentOutOfRangeException(nameof(factor), factor, $"{name}: the factor is {factor}. Give 1 or more.");
        if (x.Rank < 3)
            throw new ShapeException($"{name}: a tensor of {x.Shape}; at least [C, H, W] is needed. Reshape it.");
        return factor;
    }
}
