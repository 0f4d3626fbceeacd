using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Simd;

/// <summary>
/// ln x of floats, within 1 ulp, and log₁₀ x: x = m·2ⁿ with m in [√½, √2), and ln m = f − f²/2 + f³·p(f) with f = m − 1 and p of degree
/// 8 (Moshier, "Methods and programs for mathematical functions", 1989: logf).
/// </summary>
internal static class SimdLog
{
    /// <summary>The bits of √½.</summary>
    public const int SqrtHalfBits = 0x3F3504F3;

    private const float SmallestNormal = 1.17549435e-38f;

    // What makes denormal numbers normal, and its logarithm to base 2.
    private const float Scale = 8388608f;
    private const float ScaleExponent = 23f;

    // log₁₀ 2 in two parts, the first of so few bits that its product with an exponent is exact.
    private const float Log10Of2High = 0.301025390625f;
    private const float Log10Of2Low = 4.60503898e-6f;
    private const float Log10E = 0.434294482f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, float> => Invoke(x, isDecimal: false);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector InvokeDecimal<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, float> => Invoke(x, isDecimal: true);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Invoke<TVector>(TVector x, bool isDecimal)
        where TVector : struct, ISimd<TVector, float>
    {
        if (TVector.GreaterOrEqualAll(x, TVector.Create(SmallestNormal)) && TVector.GreaterOrEqualAll(TVector.Create(float.MaxValue), x))
            return OfFraction(TVector.Split(x, out TVector exponent), exponent, isDecimal);
        return OfAny(x, isDecimal);
    }

    // A call of its own: inlined, it uses up what the compiler inlines into a loop, and the steps of the common case become calls.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static TVector OfAny<TVector>(TVector x, bool isDecimal)
        where TVector : struct, ISimd<TVector, float>
    {
        TVector zero = TVector.Create(0f);
        TVector isDenormal = TVector.Greater(TVector.Create(SmallestNormal), x);
        TVector fraction = TVector.Split(TVector.Select(isDenormal, x * TVector.Create(Scale), x), out TVector exponent);
        TVector y = OfFraction(fraction, exponent - TVector.Select(isDenormal, TVector.Create(ScaleExponent), zero), isDecimal);
        // Of NaN and ∞ the logarithm is the number itself.
        y = TVector.Select(TVector.GreaterOrEqual(TVector.Create(float.MaxValue), x), y, x);
        y = TVector.Select(TVector.Equal(x, zero), TVector.Create(float.NegativeInfinity), y);
        return TVector.Select(TVector.Greater(zero, x), TVector.Create(float.NaN), y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OfFraction<TVector>(TVector fraction, TVector exponent, bool isDecimal)
        where TVector : struct, ISimd<TVector, float>
    {
        TVector f = fraction - TVector.Create(1f);
        TVector z = f * f;
        TVector p = TVector.MultiplyAdd(TVector.Create(7.0376836292e-2f), f, TVector.Create(-1.1514610310e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(1.1676998740e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(-1.2420140846e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(1.4249322787e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(-1.6668057665e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(2.0000714765e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(-2.4999993993e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(3.3333331174e-1f));
        if (isDecimal)
        {
            p = f + TVector.MultiplyAdd(z, TVector.Create(-0.5f), p * f * z);
            p = TVector.MultiplyAdd(exponent, TVector.Create(Log10Of2Low), p * TVector.Create(Log10E));
            return TVector.MultiplyAdd(exponent, TVector.Create(Log10Of2High), p);
        }
        p = TVector.MultiplyAdd(exponent, TVector.Create(SingleConstants.Ln2Low), p * f * z);
        p = TVector.MultiplyAdd(z, TVector.Create(-0.5f), p);
        return TVector.MultiplyAdd(exponent, TVector.Create(SingleConstants.Ln2High), f + p);
    }
}
