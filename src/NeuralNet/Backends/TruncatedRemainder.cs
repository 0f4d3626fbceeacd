using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends;

/// <summary>a − b·trunc(a/b) of floating-point numbers, exactly: C#'s <c>%</c> on vectors.</summary>
internal static class TruncatedRemainder<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Up to here a rounded quotient is at most beside a whole number by less than 1.</summary>
    private static readonly T s_largestQuotient = IsVectorized ? T.CreateChecked(4194304) : T.One;

    /// <summary>What is larger may be infinite.</summary>
    private static readonly T s_largestDivisor = IsVectorized ? T.CreateChecked(1e38) : T.One;

    /// <summary>Whether the vector form serves this element type.</summary>
    public static bool IsVectorized => typeof(T) == typeof(float) || typeof(T) == typeof(double);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector>(TVector a, TVector b)
        where TVector : struct, ISimd<TVector, T>
    {
        TVector quotient = TVector.Truncate(a / b);
        bool isNear = TVector.GreaterOrEqualAll(TVector.Create(s_largestQuotient), TVector.Abs(quotient))
            && TVector.GreaterOrEqualAll(TVector.Create(s_largestDivisor), TVector.Abs(b));
        if (!TVector.IsFused || !isNear)
            return OfElements(a, b);
        // Neither this nor the next step rounds; of a quotient that was rounded to the next whole number the remainder has the other sign.
        TVector remainder = TVector.MultiplyAdd(-quotient, b, a);
        TVector isBeyond = TVector.Greater(TVector.Create(T.Zero), remainder * TVector.CopySign(TVector.Create(T.One), a));
        remainder = TVector.Select(isBeyond, remainder + TVector.CopySign(b, a), remainder);
        return TVector.CopySign(remainder, a);
    }

    /// <summary>Where the quotient that is rounded down is smaller by 1 than the one that is rounded towards 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Crosses<TVector>(TVector remainder, TVector b)
        where TVector : struct, ISimd<TVector, T> =>
        TVector.Greater(TVector.Create(T.Zero), remainder * TVector.CopySign(TVector.Create(T.One), b));

    // A call of its own, which the loop around the common case is not burdened with.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe TVector OfElements<TVector>(TVector a, TVector b)
        where TVector : struct, ISimd<TVector, T>
    {
        T* remainders = stackalloc T[TVector.Count];
        for (int i = 0; i < TVector.Count; i++)
            remainders[i] = a[i] % b[i];
        return TVector.Load(remainders);
    }
}
