using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the hyperbolic sine of each element.</summary>
    /// <remarks>y = (eˣ − e⁻ˣ)/2, dy/dx = cosh x.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Sinh() => Op.Apply(new SinhOp(), this);
}

internal sealed class SinhOp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy * x.Cosh();

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Invoke(T x) => T.Sinh(x);
    }
}
