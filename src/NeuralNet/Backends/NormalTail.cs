using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends;

/// <summary>
/// The probability that a standard normal number exceeds t ≥ 0, Φ(−t) = ½ erfc(t/√2), with a small relative error however far out. It comes
/// as two factors, which may be far apart: e^(−t²/2), and p(q)/(t + k) with a polynomial p of q = (t − k)/(t + k), which was fitted by
/// Chebyshev interpolation.
/// </summary>
/// <remarks>t² is split, t = h + (t − h) with h of half the bits, so that h² is exact and no digit of the exponent is lost.</remarks>
internal static class NormalTail<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const float LastSingle = 14.5f;
    private const float SplitterSingle = 4097f;
    private const float OffsetSingle = 3f;

    /// <summary>Up to here <see cref="InvokeNear"/> serves.</summary>
    private const float NearSingle = 5.5f;

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

    /// <summary>Gives Φ(−t)·e^(t²/2), and e^(−t²/2), of floats, for <see cref="LimitSingle"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector InvokeSingle<TVector>(TVector t, out TVector exponential)
        where TVector : struct, ISimd<TVector, T>
    {
        exponential = ExponentialSingle(t);
        TVector r = TVector.CreateSingle(1f) / (t + TVector.CreateSingle(OffsetSingle));
        TVector q = (t - TVector.CreateSingle(OffsetSingle)) * r;
        TVector p = TVector.CreateSingle(3.704060067e-05f);
        p = TVector.MultiplyAdd(p, q, TVector.CreateSingle(-0.0002243728605f));
        p = TVector.MultiplyAdd(p, q, TVector.CreateSingle(-0.0009364600172f));
        p = TVector.MultiplyAdd(p, q, TVector.CreateSingle(0.00103679337f));
        p = TVector.MultiplyAdd(p, q, TVector.CreateSingle(0.00693562193f));
        p = TVector.MultiplyAdd(p, q, TVector.CreateSingle(-0.01046852512f));
        p = TVector.MultiplyAdd(p, q, TVector.CreateSingle(-0.04725811783f));
        p = TVector.MultiplyAdd(p, q, TVector.CreateSingle(0.2300183257f));
        p = TVector.MultiplyAdd(p, q, TVector.CreateSingle(-0.5093321681f));
        p = TVector.MultiplyAdd(p, q, TVector.CreateSingle(0.7290836817f));
        return p * r;
    }

    /// <summary>Whether <see cref="InvokeNear"/> serves these −t.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector IsNear<TVector>(TVector negative)
        where TVector : struct, ISimd<TVector, T> => TVector.GreaterOrEqual(negative, TVector.CreateSingle(-NearSingle));

    /// <summary>Whether <see cref="InvokeNear"/> serves all of these −t. It needs fused multiplication and addition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreNear<TVector>(TVector negative)
        where TVector : struct, ISimd<TVector, T> => TVector.GreaterOrEqualAll(negative, TVector.CreateSingle(-NearSingle));

    /// <summary>
    /// Gives Φ(−t)·e^(t²/2), and e^(−t²/2), of floats, for −t that are near: a polynomial in the distance from the middle, fitted to the
    /// relative error by Remez' algorithm, without a division.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector InvokeNear<TVector>(TVector negative, out TVector exponential)
        where TVector : struct, ISimd<TVector, T>
    {
        // What the rounded square lacks, exactly: the exponential is that much smaller, relatively.
        TVector square = negative * negative;
        TVector half = TVector.CreateSingle(-0.5f);
        TVector rest = TVector.MultiplyAdd(negative, negative, -square) * half;
        exponential = TVector.Exp(square * half);
        exponential = TVector.MultiplyAdd(exponential, rest, exponential);
        TVector z = negative + TVector.CreateSingle(NearSingle / 2);
        square = z * z;
        // Two short chains of additions instead of a long one that would be waited for.
        TVector even = TVector.CreateSingle(2.55784588e-10f);
        even = TVector.MultiplyAdd(even, square, TVector.CreateSingle(1.773196923e-09f));
        even = TVector.MultiplyAdd(even, square, TVector.CreateSingle(9.168664405e-08f));
        even = TVector.MultiplyAdd(even, square, TVector.CreateSingle(2.012091272e-06f));
        even = TVector.MultiplyAdd(even, square, TVector.CreateSingle(4.179796088e-05f));
        even = TVector.MultiplyAdd(even, square, TVector.CreateSingle(0.0007472084253f));
        even = TVector.MultiplyAdd(even, square, TVector.CreateSingle(0.01111958828f));
        even = TVector.MultiplyAdd(even, square, TVector.CreateSingle(0.130724743f));
        TVector odd = TVector.CreateSingle(1.604172017e-09f);
        odd = TVector.MultiplyAdd(odd, square, TVector.CreateSingle(4.093796413e-09f));
        odd = TVector.MultiplyAdd(odd, square, TVector.CreateSingle(4.994323604e-07f));
        odd = TVector.MultiplyAdd(odd, square, TVector.CreateSingle(9.101086107e-06f));
        odd = TVector.MultiplyAdd(odd, square, TVector.CreateSingle(0.0001808035304f));
        odd = TVector.MultiplyAdd(odd, square, TVector.CreateSingle(0.002956502838f));
        odd = TVector.MultiplyAdd(odd, square, TVector.CreateSingle(0.03944931179f));
        return TVector.MultiplyAdd(odd, z, even);
    }

    /// <summary>The numbers, but none larger than matters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LimitSingle<TVector>(TVector t)
        where TVector : struct, ISimd<TVector, T> =>
        TVector.Select(TVector.Greater(t, TVector.CreateSingle(LastSingle)), TVector.CreateSingle(LastSingle), t);

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExponentialSingle<TVector>(TVector t)
        where TVector : struct, ISimd<TVector, T>
    {
        TVector scaled = TVector.CreateSingle(SplitterSingle) * t;
        TVector high = scaled - (scaled - t);
        TVector rest = TVector.CreateSingle(-0.5f) * (t - high) * (t + high);
        TVector factor = TVector.MultiplyAdd(rest, TVector.CreateSingle(1f / 6), TVector.CreateSingle(0.5f));
        factor = TVector.MultiplyAdd(rest, factor, TVector.CreateSingle(1f));
        factor = TVector.MultiplyAdd(rest, factor, TVector.CreateSingle(1f));
        return TVector.Exp(TVector.CreateSingle(-0.5f) * high * high) * factor;
    }
}
