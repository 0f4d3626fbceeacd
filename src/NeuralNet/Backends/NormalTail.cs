using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends;

/// <summary>
/// The probability that a standard normal number exceeds t ≥ 0, Φ(−t) = ½ erfc(t/√2), with a small relative error however far out. It
/// comes as factors that may be far apart: Φ(−t)·e^(t²/2), and e^(−t²/2) without the error that the rounding of t² would bring.
/// </summary>
/// <remarks>
/// The scalar form takes p(q)/(t + k) with a polynomial p of q = (t − k)/(t + k), which was fitted by Chebyshev interpolation, and splits
/// t = h + (t − h) with h of half the bits, so that h² is exact.
/// </remarks>
internal static class NormalTail<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>From here on the tail of a float is 0, even times t.</summary>
    public const float LastSingle = 15f;

    private const float SplitterSingle = 4097f;

    /// <summary>The exponent that the power takes over from the fraction.</summary>
    private const float FractionExponent = 40f;
    private const float FractionScale = 1f / 1099511627776f;

    /// <summary>From here on the tail is 0, even times t; this bound keeps infinities out.</summary>
    private static readonly T s_last = T.CreateChecked(Constants<T>.IsFloat ? LastSingle : 39);
    private static readonly T s_splitter = T.CreateChecked(Constants<T>.IsFloat ? SplitterSingle : 134217729);
    private static readonly T s_sixth = T.CreateChecked(1.0 / 6);
    private static readonly T s_offset = T.CreateChecked(4);
    private static readonly T s_c0 = T.CreateChecked(0.75528513041575148);
    private static readonly T s_c1 = T.CreateChecked(-0.607896641971891759);
    private static readonly T s_c2 = T.CreateChecked(0.387137400742218879);
    private static readonly T s_c3 = T.CreateChecked(-0.186521857959694163);
    private static readonly T s_c4 = T.CreateChecked(0.0603965748906994641);
    private static readonly T s_c5 = T.CreateChecked(-0.00754018896559305902);
    private static readonly T s_c6 = T.CreateChecked(-0.00347969236224253334);
    private static readonly T s_c7 = T.CreateChecked(0.0016308184418903596);
    private static readonly T s_c8 = T.CreateChecked(0.000133344254019049116);
    private static readonly T s_c9 = T.CreateChecked(-0.000231094818319376211);
    private static readonly T s_c10 = T.CreateChecked(-1.90786653166135743e-6);
    private static readonly T s_c11 = T.CreateChecked(0.0000351441811577609727);
    private static readonly T s_c12 = T.CreateChecked(7.15005595921609866e-7);
    private static readonly T s_c13 = T.CreateChecked(-5.91889273176323645e-6);
    private static readonly T s_c14 = T.CreateChecked(-6.25132104047868019e-7);
    private static readonly T s_c15 = T.CreateChecked(1.01980485181351727e-6);
    private static readonly T s_c16 = T.CreateChecked(2.63682485764076251e-7);
    private static readonly T s_c17 = T.CreateChecked(-1.54263205367710739e-7);
    private static readonly T s_c18 = T.CreateChecked(-7.63808205349045035e-8);
    private static readonly T s_c19 = T.CreateChecked(1.45785933470364597e-8);
    private static readonly T s_c20 = T.CreateChecked(1.39240239935017101e-8);
    private static readonly T s_c21 = T.CreateChecked(7.26954547902668946e-11);
    private static readonly T s_c22 = T.CreateChecked(-9.65342542022850467e-10);

    /// <summary>Gives Φ(−t)·e^(t²/2), and e^(−t²/2). A larger t than matters is made smaller.</summary>
    public static T Invoke(ref T t, out T exponential)
    {
        if (t > s_last)
            t = s_last;
        exponential = Exponential(t);
        return FactorWithin(t);
    }

    /// <summary>Gives Φ(−t)·e^(t²/2).</summary>
    public static T Factor(T t) => FactorWithin(t > s_last ? s_last : t);

    /// <summary>e^(−x²), without the error that the rounding of the square would bring.</summary>
    public static T ExponentialOfSquare(T x)
    {
        if (x > s_last)
            x = s_last;
        T scaled = s_splitter * x;
        T high = scaled - (scaled - x);
        T rest = -(x - high) * (x + high);
        T factor = Constants<T>.One + rest * (Constants<T>.One + rest * (Constants<T>.Half + rest * s_sixth));
        return T.Exp(-high * high) * factor;
    }

    /// <summary>
    /// Gives Φ(−t)·e^(t²/2) of floats, and the two factors of e^(−t²/2): its fraction, which is small, and a power of two, which has an
    /// exponent even where the product is denormal. t² is the product of a and x, which is not rounded, and a is x or 2x.
    /// </summary>
    /// <remarks>
    /// t² = v − 2n·ln 2 with whole n ≤ 0 and |v| ≤ ln 2; e^(−v/2) by a polynomial, and Φ(−t)·e^(t²/2) by a quotient of polynomials without
    /// a negative coefficient, so that nothing cancels. Both were fitted to the relative error by Remez' algorithm, to 2·10⁻⁹ and 6·10⁻⁹, and
    /// the quotient scaled so that the rounding of its coefficients costs least.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector InvokeSingle<TVector>(TVector t, TVector a, TVector x, out TVector fraction, out TVector power)
        where TVector : struct, ISimd<TVector, T>
    {
        TVector magic = TVector.CreateSingle(SingleConstants.RoundingMagic);
        TVector n = TVector.MultiplyAdd(a * x, TVector.CreateSingle(-0.5f * SingleConstants.Log2E), magic) - magic;
        power = TVector.PowerOfTwo(n + TVector.CreateSingle(FractionExponent));
        TVector v = MultiplyAddExactly(a, x, n * TVector.CreateSingle(2 * SingleConstants.Ln2High));
        v = TVector.MultiplyAdd(n, TVector.CreateSingle(2 * SingleConstants.Ln2Low), v);
        // In pairs, since one long chain of additions would be waited for.
        TVector square = v * v;
        TVector low = TVector.CreateSingle(0.0026042643f * FractionScale);
        TVector p = TVector.MultiplyAdd(TVector.CreateSingle(-0.00026171430f * FractionScale), v, low);
        p = TVector.MultiplyAdd(square, TVector.CreateSingle(2.1619978e-05f * FractionScale), p);
        low = TVector.CreateSingle(0.12499998f * FractionScale);
        low = TVector.MultiplyAdd(TVector.CreateSingle(-0.020833025f * FractionScale), v, low);
        p = TVector.MultiplyAdd(p, square, low);
        low = TVector.MultiplyAdd(TVector.CreateSingle(-0.50000002f * FractionScale), v, TVector.CreateSingle(FractionScale));
        fraction = TVector.MultiplyAdd(p, square, low);
        square = t * t;
        TVector above = TVector.MultiplyAdd(TVector.CreateSingle(0.05294522f), t, TVector.CreateSingle(0.23816280f));
        above = TVector.MultiplyAdd(TVector.CreateSingle(0.0053818175f), square, above);
        low = TVector.MultiplyAdd(TVector.CreateSingle(0.56849581f), t, TVector.CreateSingle(0.64679027f));
        above = TVector.MultiplyAdd(above, square, low);
        TVector below = TVector.MultiplyAdd(TVector.CreateSingle(0.013490073f), t, TVector.CreateSingle(0.13272181f));
        low = TVector.MultiplyAdd(TVector.CreateSingle(0.61029077f), t, TVector.CreateSingle(1.5602362f));
        below = TVector.MultiplyAdd(below, square, low);
        low = TVector.MultiplyAdd(TVector.CreateSingle(2.1691201f), t, TVector.CreateSingle(1.2935805f));
        below = TVector.MultiplyAdd(below, square, low);
        return above / below;
    }

    /// <summary>The numbers, but none larger than matters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LimitSingle<TVector>(TVector t, float last)
        where TVector : struct, ISimd<TVector, T> =>
        TVector.Select(TVector.Greater(t, TVector.CreateSingle(last)), TVector.CreateSingle(last), t);

    private static T FactorWithin(T t)
    {
        T r = Constants<T>.One / (t + s_offset);
        T q = (t - s_offset) * r;
        T p = s_c22;
        p = p * q + s_c21;
        p = p * q + s_c20;
        p = p * q + s_c19;
        p = p * q + s_c18;
        p = p * q + s_c17;
        p = p * q + s_c16;
        p = p * q + s_c15;
        p = p * q + s_c14;
        p = p * q + s_c13;
        p = p * q + s_c12;
        p = p * q + s_c11;
        p = p * q + s_c10;
        p = p * q + s_c9;
        p = p * q + s_c8;
        p = p * q + s_c7;
        p = p * q + s_c6;
        p = p * q + s_c5;
        p = p * q + s_c4;
        p = p * q + s_c3;
        p = p * q + s_c2;
        p = p * q + s_c1;
        p = p * q + s_c0;
        return p * r;
    }

    private static T Exponential(T t)
    {
        T scaled = s_splitter * t;
        T high = scaled - (scaled - t);
        T rest = -Constants<T>.Half * (t - high) * (t + high);
        T factor = Constants<T>.One + rest * (Constants<T>.One + rest * (Constants<T>.Half + rest * s_sixth));
        return T.Exp(-Constants<T>.Half * high * high) * factor;
    }

    /// <summary>a·x + c, where c is about −a·x, with no digit of the product lost; a is x or 2x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector MultiplyAddExactly<TVector>(TVector a, TVector x, TVector c)
        where TVector : struct, ISimd<TVector, T>
    {
        if (TVector.IsFused)
            return TVector.MultiplyAdd(a, x, c);
        TVector xHigh = HighSingle(x);
        TVector aHigh = HighSingle(a);
        return (aHigh * xHigh + c) + (a - aHigh) * (x + xHigh);
    }

    /// <summary>The upper half of the bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector HighSingle<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, T>
    {
        TVector scaled = TVector.CreateSingle(SplitterSingle) * x;
        return scaled - (scaled - x);
    }
}
