namespace NeuralNet.Backends;

internal static partial class PortableNormal
{
    private const double RadiusUnit64 = 1d / (1UL << 63);
    private const double Turn64 = 3.4061215800865545e-19; // 2π / 2⁶⁴
    private const ulong AngleMask64 = ~511UL;
    private const long SqrtHalfBits64 = 0x3FE6A09E667F3BCD;
    private const double Ln2High64 = 0.6931471804855391383171082; // 33 bits
    private const double Ln2Low64 = 7.4406171100123967161e-11;

    /// <inheritdoc cref="Pair(uint, uint)"/>
    public static (double First, double Second) Pair(ulong radiusWord, ulong angleWord)
    {
        double u = ((long)(radiusWord >> 1) + 1d) * RadiusUnit64;
        double radius = Math.Sqrt(-2 * Log(u));
        (double sin, double cos) = SinCosTurn(angleWord);
        return (radius * cos, radius * sin);
    }

    /// <inheritdoc cref="Log(float)"/>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits - SqrtHalfBits64) >> 52);
        double f = BitConverter.Int64BitsToDouble(bits - ((long)exponent << 52)) - 1;
        double s = f / (2 + f);
        double t = s * s;
        double tail = t * (2d / 3 + t * (2d / 5 + t * (2d / 7 + t * (2d / 9 + t * (2d / 11
            + t * (2d / 13 + t * (2d / 15 + t * (2d / 17 + t * (2d / 19 + t * (2d / 21))))))))));
        return exponent * Ln2High64 + (f - (s * (f - tail) - exponent * Ln2Low64));
    }

    /// <summary>
    /// Sine and cosine of an angle of <paramref name="angleWord"/> · 2⁻⁶⁴ turns, within 2 ulp; its lowest 9 bits do not count.
    /// </summary>
    public static (double Sin, double Cos) SinCosTurn(ulong angleWord)
    {
        ulong quarter = (angleWord + (1UL << 61)) >> 62;
        double x = (long)((angleWord & AngleMask64) - (quarter << 62)) * Turn64;
        double t = x * x;
        double sin = x + x * t * (-1d / 6 + t * (1d / 120 + t * (-1d / 5040 + t * (1d / 362880 + t * (-1d / 39916800
            + t * (1d / 6227020800 + t * (-1d / 1307674368000 + t * (1d / 355687428096000))))))));
        double cos = 1 - (0.5 * t - t * t * (1d / 24 + t * (-1d / 720 + t * (1d / 40320 + t * (-1d / 3628800
            + t * (1d / 479001600 + t * (-1d / 87178291200 + t * (1d / 20922789888000))))))));
        double a = (quarter & 1) == 0 ? sin : cos;
        double b = (quarter & 1) == 0 ? cos : sin;
        return ((quarter & 2) == 0 ? a : -a, ((quarter + 1) & 2) == 0 ? b : -b);
    }
}
