using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the hyperbolic tangent of each element.</summary>
    /// <returns>A tensor of the same shape, with every element in [−1, 1].</returns>
    /// <remarks>y = tanh x, dy/dx = 1 − y².</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Tanh() => Op.Apply(new TanhOp(), this);
}

internal sealed class TanhOp : FloatingUnaryOp, IResultActivation
{
    /// <summary>The function for products that apply it to their result.</summary>
    public static IResultActivation OfResult { get; } = new TanhOp();

    FusedActivation IResultActivation.InKernel => FusedActivation.None;

    protected override Saves Saves => Saves.Output;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    void IResultActivation.Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => Launch(backend, x, y);

    public Tensor Gradient(Tensor dy, Tensor y) => Apply(new TanhGradOp(), dy, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => Gradient(dy, y);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => T.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => typeof(T) == typeof(float) ? InvokeSingle(x) : InvokeDouble(x);

        /// <summary>
        /// −m/(2 + m) with m = e^(−2|x|) − 1, which keeps its digits near 0: −2|x| = n·ln 2 + r with |r| ≤ ½·ln 2, eʳ − 1 by the Taylor
        /// series, and m = 2ⁿ·(eʳ − 1) + (2ⁿ − 1).
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector InvokeSingle<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector limit = TVector.CreateSingle(SaturationSingle);
            TVector magnitude = TVector.Abs(x);
            TVector t = TVector.CreateSingle(-2f) * TVector.Select(TVector.Greater(magnitude, limit), limit, magnitude);
            TVector magic = TVector.CreateSingle(12582912f);
            TVector n = TVector.MultiplyAdd(t, TVector.CreateSingle(1.44269504f), magic) - magic;
            TVector r = TVector.MultiplyAdd(n, TVector.CreateSingle(-0.693359375f), t);
            r = TVector.MultiplyAdd(n, TVector.CreateSingle(2.12194440e-4f), r);
            TVector p = TVector.MultiplyAdd(r, TVector.CreateSingle(1f / 5040), TVector.CreateSingle(1f / 720));
            p = TVector.MultiplyAdd(p, r, TVector.CreateSingle(1f / 120));
            p = TVector.MultiplyAdd(p, r, TVector.CreateSingle(1f / 24));
            p = TVector.MultiplyAdd(p, r, TVector.CreateSingle(1f / 6));
            p = TVector.MultiplyAdd(p, r, TVector.CreateSingle(0.5f));
            p = TVector.MultiplyAdd(p * r, r, r);
            TVector scale = TVector.PowerOfTwo(n);
            TVector m = TVector.MultiplyAdd(scale, p, scale - TVector.CreateSingle(1f));
            return TVector.CopySign(m / (TVector.CreateSingle(2f) + m), x);
        }

        /// <summary>
        /// Away from 0 by e^(−2|x|); near 0 that cancels, and the convergent of Lambert's continued fraction
        /// tanh x = x/(1 + x²/(3 + x²/(5 + …))) of depth 8 serves, whose error is below 1e-17 there.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector InvokeDouble<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector one = TVector.Create(T.One);
            TVector magnitude = TVector.Abs(x);
            TVector e = TVector.Exp(TVector.Create(s_minusTwo) * magnitude);
            TVector far = (one - e) / (one + e);
            far = TVector.Select(TVector.Greater(x, TVector.Create(T.Zero)), far, -far);
            TVector z = x * x;
            TVector p = TVector.MultiplyAdd(z, TVector.Create(s_p[3]), TVector.Create(s_p[2]));
            p = TVector.MultiplyAdd(z, p, TVector.Create(s_p[1]));
            p = TVector.MultiplyAdd(z, p, TVector.Create(s_p[0]));
            TVector q = TVector.MultiplyAdd(z, TVector.Create(s_q[4]), TVector.Create(s_q[3]));
            q = TVector.MultiplyAdd(z, q, TVector.Create(s_q[2]));
            q = TVector.MultiplyAdd(z, q, TVector.Create(s_q[1]));
            q = TVector.MultiplyAdd(z, q, TVector.Create(s_q[0]));
            return TVector.Select(TVector.Greater(magnitude, TVector.Create(s_near)), far, x * p / q);
        }

        /// <summary>Beyond, the hyperbolic tangent is 1 in float.</summary>
        private const float SaturationSingle = 9.5f;

        private static readonly T s_minusTwo = T.CreateChecked(-2);
        private static readonly T s_near = T.CreateChecked(0.625);
        private static readonly T[] s_p = Create(1, 270270.0 / 2027025, 6930.0 / 2027025, 36.0 / 2027025);
        private static readonly T[] s_q = Create(1, 945945.0 / 2027025, 51975.0 / 2027025, 630.0 / 2027025, 1.0 / 2027025);

        private static T[] Create(params ReadOnlySpan<double> values)
        {
            T[] converted = new T[values.Length];
            for (int i = 0; i < converted.Length; i++)
                converted[i] = T.CreateChecked(values[i]);
            return converted;
        }
    }
}

/// <summary>dy · (1 − y²), in one pass.</summary>
internal sealed class TanhGradOp : FloatingBinaryOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (NeedsGradient(0) ? Apply(new TanhGradOp(), dy, b) : null, NeedsGradient(1) ? dy * a * b * -2 : null);

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T y) => dy * (Constants<T>.One - y * y);

        public TVector Invoke<TVector>(TVector dy, TVector y)
            where TVector : struct, ISimd<TVector, T> => dy * (TVector.Create(T.One) - y * y);
    }
}
