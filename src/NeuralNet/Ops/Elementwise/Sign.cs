using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the sign of each element: −1, 0 or 1.</summary>
    /// <remarks>dy/dx = 0. NaN stays NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public Tensor Sign() => Op.Apply(new SignOp(), this);
}

internal sealed class SignOp : NumericUnaryOp
{
    protected override Saves Saves => Saves.None;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => Tensor.ZerosLike(dy);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => typeof(T) == typeof(float) || typeof(T) == typeof(double);

        public T Invoke(T x) => x > Constants<T>.Zero ? Constants<T>.One : x < Constants<T>.Zero ? -Constants<T>.One : x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector zero = TVector.Create(T.Zero);
            TVector one = TVector.Create(T.One);
            return TVector.Select(TVector.Greater(x, zero), one, TVector.Select(TVector.Greater(zero, x), -one, x));
        }
    }
}
