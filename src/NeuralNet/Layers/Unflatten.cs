namespace NeuralNet;

/// <summary>Makes several axes of one: the inverse of <see cref="Flatten"/>.</summary>
/// <remarks>Without parameters. A view. See <see cref="Tensor.Unflatten"/>.</remarks>
/// <example><code>var decoder = new Sequential(new Dense(16, 32 * 7 * 7), new Unflatten(1, 32, 7, 7), new ConvTranspose2D(32, 1, 4, stride: 4));</code></example>
public sealed class Unflatten : Layer
{
    private readonly int _axis;
    private readonly long[] _sizes;

    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="sizes">The sizes of the new axes; one of them may be −1 and is computed from the others.</param>
    /// <exception cref="ArgumentException">There are no sizes.</exception>
    public Unflatten(int axis, params ReadOnlySpan<long> sizes)
    {
        if (sizes.IsEmpty)
            throw new ArgumentException("Unflatten: no sizes. Give those of the new axes, as in new Unflatten(1, 32, 7, 7).", nameof(sizes));
        (_axis, _sizes) = (axis, sizes.ToArray());
    }

    /// <inheritdoc/>
    public override string ToString() => $"Unflatten({_axis}, [{string.Join(", ", _sizes)}])";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Unflatten(_axis, _sizes);
}
