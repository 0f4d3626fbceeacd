using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the Gaussian error linear unit of each element.</summary>
    /// <param name="approximate">Whether by the error function or by a hyperbolic tangent.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>
    /// y = x·Φ(x) = ½·x·(1 + erf(x/√2)), dy/dx = Φ(x) + x·φ(x) with the density φ of standard normal numbers; or
    /// y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))). 0 at −∞. Hendrycks and Gimpel, "Gaussian error linear units (GELUs)", 2016.
    /// </remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Gelu(GeluApproximation approximate = GeluApproximation.None) => Op.Apply(new GeluOp(approximate), this);
}

internal sealed class GeluOp(GeluApproximation approximate) : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y)
    {
        if (approximate == GeluApproximation.Tanh)
            backend.Unary(new TanhOperator<T>(), x, y);
        else
            backend.Unary(new Operator<T>(), x, y);
    }

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => Op.Apply(new GeluGradOp(approximate), dy, x);

    /// <summary>x·Φ(x) as x − |x|·Φ(−|x|) or −|x|·Φ(−|x|), which keeps the digits of small results.</summary>
    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static readonly T s_tiny = T.CreateChecked(1e-30);

        public static bool IsVectorized => typeof(T) == typeof(float);

        public T Invoke(T x)
        {
            T t = x > Constants<T>.Zero ? x : -x;
            // Half of a denormal number rounds as it should only by itself.
            if (t < s_tiny)
                return Constants<T>.Half * x;
            T tail = NormalTail<T>.Invoke(ref t, out T exponential) * t * exponential;
            return x >= Constants<T>.Zero ? x - tail : -tail;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector t = NormalTail<T>.LimitSingle(TVector.Abs(x), NormalTail<T>.LastSingle);
            TVector factor = NormalTail<T>.InvokeSingle(t, t, t, out TVector fraction, out TVector power);
            // Of zeros the second is taken, so that −0 stays −0.
            TVector y = TVector.MultiplyAdd(-(t * power), factor * fraction, TVector.Larger(TVector.CreateSingle(0f), x));
            // Where products are rounded, those far out are 0 before the sum.
            return TVector.IsFused ? y : TVector.CopySign(y, x);
        }
    }

    /// <summary>½·(1 + tanh u) = 1/(1 + e^(−2u)), which does not cancel.</summary>
    internal readonly struct TanhOperator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x)
        {
            T y = x * new SigmoidOp.Operator<T>().Invoke(TanhArgument<T>.Invoke(x));
            return T.IsNegativeInfinity(x) ? Constants<T>.Zero : y;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector y = x * new SigmoidOp.Operator<T>().Invoke(TanhArgument<T>.Invoke(x));
            return TVector.Select(TVector.Equal(x, TVector.Create(T.NegativeInfinity)), TVector.Create(T.Zero), y);
        }
    }
}

/// <summary>dx = dy·(Φ(x) + x·φ(x)), or with the approximation dy·(s + x·s·(1 − s)·v′), where s = 1/(1 + e⁻ᵛ) and v = 2u.</summary>
internal sealed class GeluGradOp(GeluApproximation approximate) : FloatingBinaryOp
{
    private const double NormalDensityAtZero = 0.3989422804014327;

    /// <summary>Beyond, the second derivative is below the smallest number.</summary>
    private const double FlatFrom = 40;

    protected override Saves Saves => Saves.First | Saves.Second;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y)
    {
        if (approximate == GeluApproximation.Tanh)
            backend.Binary(new TanhOperator<T>(), a, b, y);
        else
            backend.Binary(new Operator<T>(), a, b, y);
    }

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (NeedsGradient(0) ? Op.Apply(new GeluGradOp(approximate), dy, b) : null, NeedsGradient(1) ? dy * a * SecondDerivative(b) : null);

    private Tensor SecondDerivative(Tensor x)
    {
        // Far out it is 0 in every dtype, where the formulas would multiply 0 by ∞.
        Tensor isFlat = x.Detach().Abs() > FlatFrom;
        return Tensor.Where(isFlat, 0, CurvedPart(Tensor.Where(isFlat, 0, x)));
    }

    private Tensor CurvedPart(Tensor x)
    {
        Tensor square = x * x;
        if (approximate == GeluApproximation.None)
            return (square * -0.5).Exp() * (2 - square) * NormalDensityAtZero;
        Tensor s = (x * (square * TanhArgument<double>.Cubic + TanhArgument<double>.Linear)).Sigmoid();
        Tensor slope = square * (3 * TanhArgument<double>.Cubic) + TanhArgument<double>.Linear;
        Tensor curvature = x * (6 * TanhArgument<double>.Cubic);
        return s * (1 - s) * (2 * slope + x * ((1 - 2 * s) * slope * slope + curvature));
    }

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static readonly T s_density = T.CreateChecked(NormalDensityAtZero);

        public static bool IsVectorized => typeof(T) == typeof(float);

        public T Invoke(T dy, T x)
        {
            T t = x < Constants<T>.Zero ? -x : x;
            T left = NormalTail<T>.Invoke(ref t, out T exponential) * exponential - t * s_density * exponential;
            return dy * (x >= Constants<T>.Zero ? Constants<T>.One - left : left);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector t = NormalTail<T>.LimitSingle(TVector.Abs(x), NormalTail<T>.LastSingle);
            TVector factor = NormalTail<T>.InvokeSingle(t, t, t, out TVector fraction, out TVector power);
            factor -= t * TVector.CreateSingle((float)NormalDensityAtZero);
            // With 0 added, because far out the product is −0.
            TVector left = TVector.MultiplyAdd(factor, fraction * power, TVector.CreateSingle(0f));
            return dy * TVector.Select(TVector.GreaterOrEqual(x, TVector.CreateSingle(0f)), TVector.CreateSingle(1f) - left, left);
        }
    }

    internal readonly struct TanhOperator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T x)
        {
            T s = new SigmoidOp.Operator<T>().Invoke(TanhArgument<T>.Invoke(x));
            T slope = s * (Constants<T>.One - s);
            // Where the slope is 0, x may be infinite.
            return dy * (slope == Constants<T>.Zero ? s : s + x * slope * TanhArgument<T>.Slope(x));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector s = new SigmoidOp.Operator<T>().Invoke(TanhArgument<T>.Invoke(x));
            TVector slope = s * (TVector.Create(T.One) - s);
            TVector rise = x * slope * TanhArgument<T>.Slope(x);
            return dy * TVector.Select(TVector.Equal(slope, TVector.Create(T.Zero)), s, s + rise);
        }
    }
}

/// <summary>v = 2u = 2·√(2/π)·(x + 0.044715·x³), of the approximation by a hyperbolic tangent.</summary>
internal static class TanhArgument<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public const double Linear = 1.5957691216057308;
    public const double Cubic = 0.044715 * Linear;

    private static readonly T s_linear = T.CreateChecked(Linear);
    private static readonly T s_cubic = T.CreateChecked(Cubic);
    private static readonly T s_threeCubic = T.CreateChecked(3 * Cubic);

    public static T Invoke(T x) => x * (s_linear + s_cubic * (x * x));

    public static T Slope(T x) => s_linear + s_threeCubic * (x * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, T> => typeof(T) == typeof(float)
            ? x * TVector.MultiplyAdd(x * x, TVector.CreateSingle((float)Cubic), TVector.CreateSingle((float)Linear))
            : x * TVector.MultiplyAdd(x * x, TVector.Create(s_cubic), TVector.Create(s_linear));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, T> => typeof(T) == typeof(float)
            ? TVector.MultiplyAdd(x * x, TVector.CreateSingle((float)(3 * Cubic)), TVector.CreateSingle((float)Linear))
            : TVector.MultiplyAdd(x * x, TVector.Create(s_threeCubic), TVector.Create(s_linear));
}
