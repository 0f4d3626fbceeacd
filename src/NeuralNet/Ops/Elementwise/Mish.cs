using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the mish of each element.</summary>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x·tanh(ln(1 + eˣ)). Misra, "Mish: a self regularized non-monotonic activation function", 2019.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Mish() => Op.Apply(new MishOp(), this);
}

internal sealed class MishOp : ActivationOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    public override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new GradientOperator<T>(), dy, x, dx);

    public override Tensor ComposeGradient(Tensor dy, Tensor x)
    {
        Tensor t = x.Softplus().Tanh();
        return dy * (t + x * (1 - t * t) * x.Sigmoid());
    }

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>From here on the factor is 1, and the square of the exponential would overflow much later.</summary>
        private static readonly T s_straight = T.CreateChecked(20);
        private static readonly T s_two = T.CreateChecked(2);

        public static bool IsVectorized => true;

        public T Invoke(T x)
        {
            if (x > s_straight)
                return x;
            T e = T.Exp(x);
            T n = e * (e + s_two);
            return x * (n / (n + s_two));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector two = TVector.Create(s_two);
            TVector straight = TVector.Create(s_straight);
            TVector isStraight = TVector.Greater(x, straight);
            TVector e = TVector.Exp(TVector.Select(isStraight, straight, x));
            TVector n = e * (e + two);
            return TVector.Select(isStraight, x, x * (n / (n + two)));
        }
    }

    /// <summary>
    /// With n = eˣ·(eˣ + 2) the hyperbolic tangent is t = n/(n + 2), and 1 − t² = 2/(n + 2)·(1 + t), which does not cancel.
    /// </summary>
    internal readonly struct GradientOperator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static readonly T s_straight = T.CreateChecked(20);
        private static readonly T s_two = T.CreateChecked(2);

        public static bool IsVectorized => true;

        public T Invoke(T dy, T x)
        {
            if (x > s_straight)
                return dy;
            T e = T.Exp(x);
            T n = e * (e + s_two);
            T t = n / (n + s_two);
            return dy * (t + x * (s_two / (n + s_two)) * (Constants<T>.One + t) * (e / (Constants<T>.One + e)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector one = TVector.Create(T.One);
            TVector two = TVector.Create(s_two);
            TVector straight = TVector.Create(s_straight);
            TVector isStraight = TVector.Greater(x, straight);
            TVector e = TVector.Exp(TVector.Select(isStraight, straight, x));
            TVector n = e * (e + two);
            TVector t = n / (n + two);
            return TVector.Select(isStraight, dy, dy * (t + x * (two / (n + two)) * (one + t) * (e / (one + e))));
        }
    }
}
