namespace NeuralNet.Backends;

/// <summary>
/// Pairs of normal numbers by the Box–Muller transform, with logarithm, sine and cosine of our own: those of the C library differ between
/// systems. Only additions, multiplications, divisions and square roots are used, which IEEE 754 rounds the same way everywhere, and no
/// fused multiply-add. A GPU compiler may fuse all the same: there the numbers agree to a few ulp.
/// </summary>
/// <remarks>
/// r = √(−2 ln u), z₀ = r cos 2πv, z₁ = r sin 2πv (G. Box, M. Muller, "A note on the generation of random normal deviates", 1958).
/// u is in (0, 1], so that no draw is infinite: |z| is at most 6.56 in float (31 bits of u) and 9.35 in double (63 bits of u).
/// All series are Taylor's, cut where the next term is a small part of an ulp.
/// </remarks>
internal static partial class PortableNormal
{
    // The constants in float are shared with the vector form.
    internal const float RadiusUnit = 1f / (1u << 31);
    internal const float Turn = 1.462918119976564e-9f; // 2π / 2³²
    internal const uint AngleMask = ~63u;
    internal const int SqrtHalfBits = 0x3F3504F3;
    internal const float Ln2High = 0.693145751953125f; // 16 bits: its product with an exponent is exact
    internal const float Ln2Low = 1.4286068203094172e-6f;
    internal const float L1 = 2f / 3, L2 = 2f / 5, L3 = 2f / 7, L4 = 2f / 9;
    internal const float S1 = -1f / 6, S2 = 1f / 120, S3 = -1f / 5040, S4 = 1f / 362880;
    internal const float C1 = 1f / 24, C2 = -1f / 720, C3 = 1f / 40320, C4 = -1f / 3628800;

    /// <summary>Two independent standard normal numbers from two words.</summary>
    public static (float First, float Second) Pair(uint radiusWord, uint angleWord)
    {
        float u = ((int)(radiusWord >> 1) + 1f) * RadiusUnit;
        float radius = MathF.Sqrt(-2 * Log(u));
        (float sin, float cos) = SinCosTurn(angleWord);
        return (radius * cos, radius * sin);
    }

    /// <summary>The natural logarithm of a positive normal number, within 1 ulp.</summary>
    public static float Log(float x)
    {
        // x = m · 2^exponent with m in [√½, √2).
        int bits = BitConverter.SingleToInt32Bits(x);
        int exponent = (bits - SqrtHalfBits) >> 23;
        float f = BitConverter.Int32BitsToSingle(bits - (exponent << 23)) - 1;
        // ln(1 + f) = 2 artanh s with s = f / (2 + f); written from 2s = f − s·f, which keeps the exact f as its leading term.
        float s = f / (2 + f);
        float t = s * s;
        float tail = t * (L1 + t * (L2 + t * (L3 + t * L4)));
        return exponent * Ln2High + (f - (s * (f - tail) - exponent * Ln2Low));
    }

    /// <summary>
    /// Sine and cosine of an angle of <paramref name="angleWord"/> · 2⁻³² turns, within 2 ulp; its lowest 6 bits do not count.
    /// </summary>
    public static (float Sin, float Cos) SinCosTurn(uint angleWord)
    {
        // A quarter, and what remains, in [−⅛, ⅛] turns: an integer of 24 bits, so that the reduction is exact.
        uint quarter = (angleWord + (1u << 29)) >> 30;
        float x = (int)((angleWord & AngleMask) - (quarter << 30)) * Turn;
        float t = x * x;
        float sin = x + x * t * (S1 + t * (S2 + t * (S3 + t * S4)));
        float cos = 1 - (0.5f * t - t * t * (C1 + t * (C2 + t * (C3 + t * C4))));
        float a = (quarter & 1) == 0 ? sin : cos;
        float b = (quarter & 1) == 0 ? cos : sin;
        return ((quarter & 2) == 0 ? a : -a, ((quarter + 1) & 2) == 0 ? b : -b);
    }
}
