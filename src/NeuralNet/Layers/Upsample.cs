namespace NeuralNet;

/// <summary>Brings images to larger, or smaller, sizes.</summary>
/// <remarks>Input [N, C, spatial…] with one to three spatial axes, output [N, C, size…]; see <see cref="Tensor.Interpolate"/>. Without parameters.</remarks>
/// <example><code>var layer = new Upsample(scaleFactor: 2, mode: InterpolationMode.Linear);</code></example>
public sealed class Upsample : Layer
{
    private readonly AxisSizes _size;
    private readonly double _scaleFactor;
    private readonly InterpolationMode _mode;
    private readonly bool _alignCorners;

    /// <summary>Creates the layer.</summary>
    /// <param name="size">The spatial sizes of the output; or <paramref name="scaleFactor"/>.</param>
    /// <param name="scaleFactor">The factor of all spatial sizes, which are rounded down.</param>
    /// <param name="mode">How elements are found that lie between those of the input.</param>
    /// <param name="alignCorners">With <see cref="InterpolationMode.Linear"/>, whether the centres of the corner elements stay where they are.</param>
    /// <exception cref="ArgumentException">Both or neither of size and factor are given, or a number is out of range.</exception>
    public Upsample(AxisSizes size = default, double scaleFactor = 0, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false)
    {
        Interpolation.RequireArguments(nameof(Upsample), size, scaleFactor, mode, alignCorners);
        (_size, _scaleFactor, _mode, _alignCorners) = (size, scaleFactor, mode, alignCorners);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"Upsample({(_size.IsEmpty ? $"×{_scaleFactor}" : $"{_size}")}, {_mode}{(_alignCorners ? ", aligned corners" : "")})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Interpolate(_size, _scaleFactor, _mode, _alignCorners);
}
