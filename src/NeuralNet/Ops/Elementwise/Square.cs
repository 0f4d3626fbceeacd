using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Squares each element.</summary>
    /// <remarks>y = x², dy/dx = 2x. Integers wrap around.</remarks>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public Tensor Square() => Op.Apply(new SquareOp(), this);
}

internal sealed class SquareOp : NumericUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy * (2 * x);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x * x;

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => x * x;
    }
}
