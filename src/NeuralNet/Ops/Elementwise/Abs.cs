using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the absolute value of each element.</summary>
    /// <remarks>y = |x|, dy/dx = sign x, with 0 at 0.</remarks>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public Tensor Abs() => Op.Apply(new AbsOp(), this);
}

internal sealed class AbsOp : NumericUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy * x.Sign();

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => !Constants<T>.IsUnsigned;

        public T Invoke(T x) => x < Constants<T>.Zero ? -x : x == Constants<T>.Zero ? Constants<T>.Zero : x;

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => TVector.Abs(x);
    }
}
