namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the scaled exponential linear unit of each element, which keeps mean 0 and variance 1 from layer to layer.</summary>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = λx where x &gt; 0, else λα·(eˣ − 1), with λ = 1.0507… and α = 1.6732…; dy/dx = λ, or y + λα, also at 0. Klambauer and others, "Self-normalizing neural networks", 2017.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Selu() => Op.Apply(new SeluOp(), this);
}

internal sealed class SeluOp() : ExponentialUnitOp(1.0507009873554804934193349852946, 1.0507009873554804934193349852946 * 1.6732632423543772848170429916717, 1);
