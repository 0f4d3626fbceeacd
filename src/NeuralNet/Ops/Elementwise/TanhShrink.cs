namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Subtracts its hyperbolic tangent from each element.</summary>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x − tanh x, dy/dx = tanh² x.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor TanhShrink()
    {
        Require.FloatingPoint(nameof(TanhShrink), DType);
        return this - Tanh();
    }
}
