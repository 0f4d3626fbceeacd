namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the continuously differentiable exponential linear unit of each element.</summary>
    /// <param name="alpha">The α that y tends to, negated, on the left.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x where x &gt; 0, else α·(e^(x/α) − 1); dy/dx = 1, or y/α + 1. Barron, "Continuously differentiable exponential linear units", 2017.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">α is 0, NaN or infinite.</exception>
    public Tensor Celu(double alpha = 1)
    {
        Require.Divisor(nameof(Celu), nameof(alpha), alpha);
        return Op.Apply(new CeluOp(alpha), this);
    }
}

internal sealed class CeluOp(double alpha) : ExponentialUnitOp(1, alpha, 1 / alpha);
