using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes a sigmoid made of straight lines, of each element.</summary>
    /// <returns>A tensor of the same shape, with every element in [0, 1].</returns>
    /// <remarks>y = min(max(x + 3, 0), 6)/6; dy/dx = 1/6 in (−3, 3), else 0. NaN stays NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor HardSigmoid() => Op.Apply(new HardSigmoidOp(), this);
}

internal sealed class HardSigmoidOp : ActivationOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    public override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new GradientOperator<T>(), dy, x, dx);

    public override Tensor ComposeGradient(Tensor dy, Tensor x) => Tensor.Where((x > -3) & (x < 3), dy / 6, 0);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static readonly T s_three = T.CreateChecked(3);
        private static readonly T s_six = T.CreateChecked(6);

        public static bool IsVectorized => true;

        public T Invoke(T x) => new ClampOp.Operator<T>(Constants<T>.Zero, s_six).Invoke(x + s_three) / s_six;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => new ClampOp.Operator<T>(Constants<T>.Zero, s_six).Invoke(x + TVector.Create(s_three)) / TVector.Create(s_six);
    }

    internal readonly struct GradientOperator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static readonly T s_three = T.CreateChecked(3);
        private static readonly T s_six = T.CreateChecked(6);

        public static bool IsVectorized => true;

        public T Invoke(T dy, T x) => x > -s_three && x < s_three ? dy / s_six : Constants<T>.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector zero = TVector.Create(T.Zero);
            TVector three = TVector.Create(s_three);
            return TVector.Select(TVector.Greater(three, TVector.Abs(x)), dy / TVector.Create(s_six), zero);
        }
    }
}
