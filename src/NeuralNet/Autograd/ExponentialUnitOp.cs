using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>Straight to the right of 0, and a curve of eˣ − 1 to the left: y = right·x where x &gt; 0, else left·(e^(rate·x) − 1).</summary>
internal abstract class ExponentialUnitOp(double right, double left, double rate) : ActivationOp
{
    public sealed override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new GradientOperator<T>(T.CreateChecked(right), T.CreateChecked(left * rate), T.CreateChecked(rate)), dy, x, dx);

    // Where x > 0 the exponential may overflow, which must not show.
    public sealed override Tensor ComposeGradient(Tensor dy, Tensor x)
    {
        Tensor isRight = x > 0;
        return Tensor.Where(isRight, dy * right, dy * ((Tensor.Where(isRight, 0, x) * rate).Exp() * (left * rate)));
    }

    protected sealed override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) =>
        backend.Unary(new Operator<T>(T.CreateChecked(right), T.CreateChecked(left), T.CreateChecked(rate)), x, y);

    internal readonly struct Operator<T>(T right, T left, T rate) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x > Constants<T>.Zero ? right * x : left * new ExpM1Op.Operator<T>().Invoke(rate * x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector curve = TVector.Create(left) * new ExpM1Op.Operator<T>().Invoke(TVector.Create(rate) * x);
            return TVector.Select(TVector.Greater(x, TVector.Create(T.Zero)), TVector.Create(right) * x, curve);
        }
    }

    /// <summary>The slope is right where x &gt; 0, else steep·e^(rate·x) with steep = left·rate.</summary>
    internal readonly struct GradientOperator<T>(T right, T steep, T rate) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T x) => dy * (x > Constants<T>.Zero ? right : steep * T.Exp(rate * x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector curve = TVector.Create(steep) * TVector.Exp(TVector.Create(rate) * x);
            return dy * TVector.Select(TVector.Greater(x, TVector.Create(T.Zero)), TVector.Create(right), curve);
        }
    }
}
