namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Divides each element by a power of the mean square over neighbouring channels.</summary>
    /// <param name="size">How many channels count as neighbours.</param>
    /// <param name="alpha">The factor of the mean square.</param>
    /// <param name="beta">The exponent.</param>
    /// <param name="k">What is added to the mean square.</param>
    /// <returns>A tensor of the same shape, for this one of [N, C, …].</returns>
    /// <remarks>y = x/(k + α·Σ x²/size)^β, the sum over channels c − size/2 to c + (size − 1)/2. Krizhevsky and others, "ImageNet classification
    /// with deep convolutional neural networks", 2012.</remarks>
    /// <exception cref="ShapeException">The tensor has no channels and spatial axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor LocalResponseNorm(long size, double alpha = 1e-4, double beta = 0.75, double k = 1)
    {
        if (Rank < 3)
            throw new ShapeException($"LocalResponseNorm: a tensor of {Shape}; [N, C] and a spatial axis or more are needed. Reshape it.");
        if (size <= 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, $"LocalResponseNorm: size is {size}. Give 1 or more.");
        Require.FloatingPoint(nameof(LocalResponseNorm), DType);
        // The channels as rows of one image, of which windows go along the rows.
        Tensor squares = Square().Flatten(2).Unsqueeze(1).Pad([0, 0, size / 2, (size - 1) / 2]);
        Tensor means = squares.AveragePool((size, 1), stride: 1).Reshape(Shape);
        return this / (means * alpha + k).Pow(beta);
    }
}
