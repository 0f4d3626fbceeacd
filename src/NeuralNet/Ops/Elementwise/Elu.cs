namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the exponential linear unit of each element.</summary>
    /// <param name="alpha">The α that y tends to, negated, on the left.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x where x &gt; 0, else α·(eˣ − 1); dy/dx = 1, or y + α, also at 0. Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential linear units", 2015.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or infinite.</exception>
    public Tensor Elu(double alpha = 1)
    {
        Require.Finite(nameof(Elu), nameof(alpha), alpha);
        return Op.Apply(new EluOp(alpha), this);
    }
}

internal sealed class EluOp(double alpha) : ExponentialUnitOp(1, alpha, 1);
