using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes a swish made of a parabola between straight lines, of each element.</summary>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x·min(max(x + 3, 0), 6)/6; dy/dx = x/3 + ½ in (−3, 3), 0 to the left of it and 1 to the right. Howard and others, "Searching for MobileNetV3", 2019.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor HardSwish() => Op.Apply(new HardSwishOp(), this);
}

internal sealed class HardSwishOp : ActivationOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    public override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new GradientOperator<T>(), dy, x, dx);

    public override Tensor ComposeGradient(Tensor dy, Tensor x) => Tensor.Where(x <= -3, 0, Tensor.Where(x < 3, dy * (x / 3 + 0.5), dy));

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static readonly T s_three = T.CreateChecked(3);
        private static readonly T s_six = T.CreateChecked(6);

        public static bool IsVectorized => true;

        public T Invoke(T x) => x * new ClampOp.Operator<T>(Constants<T>.Zero, s_six).Invoke(x + s_three) / s_six;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => x * new ClampOp.Operator<T>(Constants<T>.Zero, s_six).Invoke(x + TVector.Create(s_three)) / TVector.Create(s_six);
    }

    internal readonly struct GradientOperator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static readonly T s_three = T.CreateChecked(3);

        public static bool IsVectorized => true;

        public T Invoke(T dy, T x) => x <= -s_three ? Constants<T>.Zero : x < s_three ? dy * (x / s_three + Constants<T>.Half) : dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector three = TVector.Create(s_three);
            TVector middle = dy * (x / three + TVector.Create(Constants<T>.Half));
            TVector right = TVector.Select(TVector.Greater(three, x), middle, dy);
            return TVector.Select(TVector.GreaterOrEqual(-three, x), TVector.Create(T.Zero), right);
        }
    }
}
