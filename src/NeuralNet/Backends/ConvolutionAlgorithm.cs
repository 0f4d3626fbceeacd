namespace NeuralNet;

/// <summary>How a CPU device computes convolutions; see docs/numerics.md for what that does to the numbers.</summary>
public enum ConvolutionAlgorithm
{
    /// <summary>
    /// Windows of 3×3 at distance 1 by Winograd's F(4×4, 3×3) where floats meet 32 channels or more on both sides, forward and for both
    /// gradients; all others directly.
    /// </summary>
    Automatic,

    /// <summary>All directly: every result is the sum over its window.</summary>
    Direct,
}
