using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the logarithm of the sigmoid of each element, accurately far out too.</summary>
    /// <returns>A tensor of the same shape, without positive elements.</returns>
    /// <remarks>y = ln σ(x) = min(x, 0) − ln(1 + e^(−|x|)), dy/dx = σ(−x).</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor LogSigmoid() => Op.Apply(new LogSigmoidOp(), this);
}

internal sealed class LogSigmoidOp : ActivationOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    public override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new GradientOperator<T>(), dy, x, dx);

    public override Tensor ComposeGradient(Tensor dy, Tensor x) => dy * (-x).Sigmoid();

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x)
        {
            T rest = new Log1POp.Operator<T>().Invoke(T.Exp(x < Constants<T>.Zero ? x : -x));
            return (x < Constants<T>.Zero ? x : Constants<T>.Zero) - rest;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector zero = TVector.Create(T.Zero);
            TVector rest = new Log1POp.Operator<T>().Invoke(TVector.Exp(-TVector.Abs(x)));
            return TVector.Select(TVector.Greater(zero, x), x, zero) - rest;
        }
    }

    internal readonly struct GradientOperator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T x) => dy * new SigmoidOp.Operator<T>().Invoke(-x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T> => dy * new SigmoidOp.Operator<T>().Invoke(-x);
    }
}
