using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Limits each element to a range: a hyperbolic tangent made of straight lines.</summary>
    /// <param name="min">The lower limit.</param>
    /// <param name="max">The upper limit.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = min(max(x, min), max); dy/dx = 1 between the limits, else 0, also at them. NaN stays NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lower limit is above the upper one.</exception>
    public Tensor HardTanh(double min = -1, double max = 1)
    {
        if (!(min <= max))
            throw new ArgumentOutOfRangeException(nameof(min), min, $"HardTanh: the lower limit {min} is above the upper limit {max}. Exchange them.");
        return Op.Apply(new HardTanhOp(min, max), this);
    }
}

internal sealed class HardTanhOp(double min, double max) : ActivationOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) =>
        backend.Unary(new Operator<T>(T.CreateChecked(min), T.CreateChecked(max)), x, y);

    public override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new GradientOperator<T>(T.CreateChecked(min), T.CreateChecked(max)), dy, x, dx);

    public override Tensor ComposeGradient(Tensor dy, Tensor x) => Tensor.Where((x > min) & (x < max), dy, 0);

    internal readonly struct Operator<T>(T min, T max) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => new ClampOp.Operator<T>(min, max).Invoke(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => new ClampOp.Operator<T>(min, max).Invoke(x);
    }

    internal readonly struct GradientOperator<T>(T min, T max) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T x) => x > min && x < max ? dy : Constants<T>.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector zero = TVector.Create(T.Zero);
            TVector left = TVector.Select(TVector.Greater(TVector.Create(max), x), dy, zero);
            return TVector.Select(TVector.Greater(x, TVector.Create(min)), left, zero);
        }
    }
}
