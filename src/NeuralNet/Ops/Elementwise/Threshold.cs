using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Replaces the elements up to a threshold by a value.</summary>
    /// <param name="threshold">The largest number that is replaced.</param>
    /// <param name="value">What it is replaced by.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x where x &gt; threshold, else the value; dy/dx = 1, or 0. NaN stays NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or infinite.</exception>
    public Tensor Threshold(double threshold, double value)
    {
        Require.Finite(nameof(Threshold), nameof(threshold), threshold);
        Require.Finite(nameof(Threshold), nameof(value), value);
        return Op.Apply(new ThresholdOp(threshold, value), this);
    }
}

internal sealed class ThresholdOp(double threshold, double value) : ActivationOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) =>
        backend.Unary(new Operator<T>(T.CreateChecked(threshold), T.CreateChecked(value)), x, y);

    public override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new GradientOperator<T>(T.CreateChecked(threshold)), dy, x, dx);

    public override Tensor ComposeGradient(Tensor dy, Tensor x) => Tensor.Where(x <= threshold, 0, dy);

    internal readonly struct Operator<T>(T threshold, T value) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x <= threshold ? value : x;

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => TVector.Select(TVector.GreaterOrEqual(TVector.Create(threshold), x), TVector.Create(value), x);
    }

    internal readonly struct GradientOperator<T>(T threshold) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T x) => x <= threshold ? Constants<T>.Zero : dy;

        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T> =>
            TVector.Select(TVector.GreaterOrEqual(TVector.Create(threshold), x), TVector.Create(T.Zero), dy);
    }
}
