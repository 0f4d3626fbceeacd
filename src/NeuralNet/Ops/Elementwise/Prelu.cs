namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the rectified linear unit with slopes to the left of 0 that can be learnt.</summary>
    /// <param name="weight">One slope, of [1], or one for each channel, of [channels]; channels are on axis 1.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x where x &gt; 0, else w·x; ∂y/∂x = 1, or w, also at 0; ∂y/∂w = x on the left. He and others, "Delving deep into
    /// rectifiers", 2015.</remarks>
    /// <exception cref="ShapeException">There are neither one nor as many slopes as channels.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are not of floating point.</exception>
    public Tensor Prelu(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        Require.FloatingPoint(nameof(Prelu), DType);
        Require.SameDType(nameof(Prelu), this, weight);
        if (weight.Length == 1 && weight.Rank <= 1)
            return Sloped(weight);
        long channels = Rank > 1 ? Shape.Span[1] : 1;
        if (weight.Rank != 1 || weight.Length != channels)
            throw new ShapeException($"Prelu: slopes of {weight.Shape} for a tensor of {Shape} with {channels} channels. Give [1] or "
                + $"[{channels}].");
        long[] sizes = new long[Rank - 1];
        sizes.AsSpan().Fill(1);
        sizes[0] = channels;
        return Sloped(weight.Reshape(new Shape(sizes.AsSpan())));
    }

    private Tensor Sloped(Tensor weight)
    {
        // On the right 0 stands in for x, so that an infinite one gives the slope no NaN.
        Tensor isRight = this > 0;
        return Where(isRight, this, weight * Where(isRight, 0, this));
    }
}
