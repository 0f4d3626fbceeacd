using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Simd;

/// <summary>
/// Arc sine and arc cosine of floats: a polynomial of degree 11 up to ½, beyond it by the half angle, asin x = π/2 − 2·asin √((1 − x)/2) (Moshier,
/// "Methods and programs for mathematical functions", 1989: asinf).
/// </summary>
internal static class SimdAsin
{
    private const float Pi = 3.14159265f;
    private const float HalfPi = 1.57079633f;

    /// <summary>What π/2 in float lacks.</summary>
    private const float HalfPiLow = -4.371139e-8f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, float>
    {
        TVector y = OfMagnitude(TVector.Abs(x), out TVector isLarge);
        TVector large = TVector.Create(HalfPi) - (y + y - TVector.Create(HalfPiLow));
        return TVector.CopySign(TVector.Select(isLarge, large, y), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Cosine<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, float>
    {
        TVector y = OfMagnitude(TVector.Abs(x), out TVector isLarge);
        TVector twice = y + y;
        TVector left = TVector.Create(Pi) - (twice - TVector.Create(2 * HalfPiLow));
        TVector large = TVector.Select(TVector.Greater(TVector.Create(0f), x), left, twice);
        TVector small = TVector.Create(HalfPi) - (TVector.CopySign(y, x) - TVector.Create(HalfPiLow));
        return TVector.Select(isLarge, large, small);
    }

    /// <summary>asin x for 0 ≤ x ≤ ½, and asin √((1 − x)/2) where x is larger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OfMagnitude<TVector>(TVector x, out TVector isLarge)
        where TVector : struct, ISimd<TVector, float>
    {
        TVector half = TVector.Create(0.5f);
        isLarge = TVector.Greater(x, half);
        TVector square = TVector.Select(isLarge, half * (TVector.Create(1f) - x), x * x);
        TVector root = TVector.Select(isLarge, TVector.Sqrt(square), x);
        TVector p = TVector.MultiplyAdd(TVector.Create(4.2163199048e-2f), square, TVector.Create(2.4181311049e-2f));
        p = TVector.MultiplyAdd(p, square, TVector.Create(4.5470025998e-2f));
        p = TVector.MultiplyAdd(p, square, TVector.Create(7.4953002686e-2f));
        p = TVector.MultiplyAdd(p, square, TVector.Create(1.6666752422e-1f));
        return TVector.MultiplyAdd(p * square, root, root);
    }
}
