using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the number whose hyperbolic cosine is each element.</summary>
    /// <remarks>y = ln(x + √(x² − 1)), dy/dx = 1/√(x² − 1). NaN below 1.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Acosh() => Op.Apply(new AcoshOp(), this);
}

internal sealed class AcoshOp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy * ((x - 1) * (x + 1)).Rsqrt();

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Invoke(T x) => T.Acosh(x);
    }
}
