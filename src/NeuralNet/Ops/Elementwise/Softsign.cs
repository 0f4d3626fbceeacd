using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the softsign of each element.</summary>
    /// <returns>A tensor of the same shape, with every element in (−1, 1).</returns>
    /// <remarks>y = x/(1 + |x|), dy/dx = 1/(1 + |x|)². NaN at ±∞.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Softsign() => Op.Apply(new SoftsignOp(), this);
}

internal sealed class SoftsignOp : ActivationOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    public override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new GradientOperator<T>(), dy, x, dx);

    public override Tensor ComposeGradient(Tensor dy, Tensor x) => dy / (1 + x.Abs()).Square();

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x / (Constants<T>.One + (x < Constants<T>.Zero ? -x : x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => x / (TVector.Create(T.One) + TVector.Abs(x));
    }

    internal readonly struct GradientOperator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T x)
        {
            T growth = Constants<T>.One + (x < Constants<T>.Zero ? -x : x);
            return dy / (growth * growth);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector growth = TVector.Create(T.One) + TVector.Abs(x);
            return dy / (growth * growth);
        }
    }
}
