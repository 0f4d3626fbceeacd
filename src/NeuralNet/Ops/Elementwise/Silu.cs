using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the sigmoid linear unit of each element, also known as swish.</summary>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x·σ(x), dy/dx = σ(x)·(1 + x·(1 − σ(x))). Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function approximation in reinforcement learning", 2017.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Silu() => Op.Apply(new SiluOp(), this);
}

internal sealed class SiluOp : ActivationOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    public override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new GradientOperator<T>(), dy, x, dx);

    public override Tensor ComposeGradient(Tensor dy, Tensor x)
    {
        Tensor s = x.Sigmoid();
        return dy * (s * (1 + x * (1 - s)));
    }

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x * new SigmoidOp.Operator<T>().Invoke(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => x * new SigmoidOp.Operator<T>().Invoke(x);
    }

    internal readonly struct GradientOperator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T x)
        {
            T s = new SigmoidOp.Operator<T>().Invoke(x);
            return dy * (s * (Constants<T>.One + x * (Constants<T>.One - s)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector one = TVector.Create(T.One);
            TVector s = new SigmoidOp.Operator<T>().Invoke(x);
            return dy * (s * (one + x * (one - s)));
        }
    }
}
