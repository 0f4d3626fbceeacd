namespace NeuralNet.Backends.Gpu;

internal static partial class PortableMath
{
    public static float Log(float x)
    {
        if (!(x > 0) || x == float.PositiveInfinity)
            return LogSpecial(x);
        (float m, int n) = Decompose(x);
        return n * Ln2High + (LogReduced(m) + n * Ln2Low);
    }

    public static double Log(double x)
    {
        if (!(x > 0) || x == double.PositiveInfinity)
            return LogSpecial(x);
        (double m, int n) = Decompose(x);
        return n * Ln2HighDouble + (LogReduced(m) + n * Ln2LowDouble);
    }

    public static float Log2(float x)
    {
        if (!(x > 0) || x == float.PositiveInfinity)
            return LogSpecial(x);
        (float m, int n) = Decompose(x);
        return n + LogReduced(m) * Log2E;
    }

    public static double Log2(double x)
    {
        if (!(x > 0) || x == double.PositiveInfinity)
            return LogSpecial(x);
        (double m, int n) = Decompose(x);
        return n + LogReduced(m) * Log2EDouble;
    }

    public static float Log10(float x) => Log(x) * 0.43429448f;

    public static double Log10(double x) => Log(x) * 0.4342944819032518;

    public static float Asinh(float x)
    {
        float a = MathF.Abs(x);
        // Beyond, the 1 under the root is lost, and the square would overflow.
        float y = a > 1e4f ? Log(a) + 0.6931472f : LogOnePlus(a + a * a / (1 + MathF.Sqrt(a * a + 1)));
        return MathF.CopySign(y, x);
    }

    public static double Asinh(double x)
    {
        double a = Math.Abs(x);
        double y = a > 1e9 ? Log(a) + 0.6931471805599453 : LogOnePlus(a + a * a / (1 + Math.Sqrt(a * a + 1)));
        return Math.CopySign(y, x);
    }

    public static float Acosh(float x)
    {
        if (x < 1)
            return float.NaN;
        float t = x - 1;
        return x > 1e4f ? Log(x) + 0.6931472f : LogOnePlus(t + MathF.Sqrt(t * (t + 2)));
    }

    public static double Acosh(double x)
    {
        if (x < 1)
            return double.NaN;
        double t = x - 1;
        return x > 1e9 ? Log(x) + 0.6931471805599453 : LogOnePlus(t + Math.Sqrt(t * (t + 2)));
    }

    public static float Atanh(float x)
    {
        float a = MathF.Abs(x);
        return MathF.CopySign(0.5f * LogOnePlus(2 * a / (1 - a)), x);
    }

    public static double Atanh(double x)
    {
        double a = Math.Abs(x);
        return Math.CopySign(0.5 * LogOnePlus(2 * a / (1 - a)), x);
    }

    /// <summary>log(1 + x); what 1 + x loses to rounding is made good by the quotient (Kahan).</summary>
    private static float LogOnePlus(float x)
    {
        float w = 1 + x;
        if (w == 1 || w == float.PositiveInfinity)
            return x;
        return Log(w) * (x / (w - 1));
    }

    /// <summary>log(1 + x); what 1 + x loses to rounding is made good by the quotient (Kahan).</summary>
    private static double LogOnePlus(double x)
    {
        double w = 1 + x;
        if (w == 1 || w == double.PositiveInfinity)
            return x;
        return Log(w) * (x / (w - 1));
    }

    /// <summary>The logarithm of what is not a positive finite number.</summary>
    private static float LogSpecial(float x) => x == 0 ? float.NegativeInfinity : x < 0 ? float.NaN : x;

    /// <summary>The logarithm of what is not a positive finite number.</summary>
    private static double LogSpecial(double x) => x == 0 ? double.NegativeInfinity : x < 0 ? double.NaN : x;

    /// <summary>x = m·2ⁿ with m in [√½, √2), for positive finite x.</summary>
    private static (float M, int N) Decompose(float x)
    {
        int bias = 127;
        if (x < 1.17549435e-38f)
        {
            x *= 16777216f;
            bias += 24;
        }
        int bits = BitConverter.SingleToInt32Bits(x);
        int n = (bits - 0x3F3504F3 >> 23) + 127;
        return (BitConverter.Int32BitsToSingle(bits - ((n - 127) << 23)), n - bias);
    }

    /// <summary>x = m·2ⁿ with m in [√½, √2), for positive finite x.</summary>
    private static (double M, int N) Decompose(double x)
    {
        int bias = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0;
            bias = 54;
        }
        long bits = BitConverter.DoubleToInt64Bits(x);
        int n = (int)(bits - 0x3FE6A09E667F3BCD >> 52);
        return (BitConverter.Int64BitsToDouble(bits - ((long)n << 52)), n - bias);
    }

    /// <summary>
    /// log m for m in [√½, √2), by s = (m − 1)/(m + 1), log m = 2·(s + s³/3 + …), arranged so that its largest part, m − 1, is exact.
    /// </summary>
    private static float LogReduced(float m)
    {
        float f = m - 1;
        float s = f / (2 + f);
        float z = s * s;
        float p = (0.2958039939403534f * z + 0.39988771080970764f) * z + 0.6666668653488159f;
        return f - s * (f - z * p);
    }

    /// <summary>log m for m in [√½, √2).</summary>
    private static double LogReduced(double m)
    {
        double f = m - 1;
        double s = f / (2 + f);
        double z = s * s;
        double p = (0.1461703754879165 * z + 0.1533167403016786) * z + 0.18182890556695602;
        p = ((p * z + 0.2222221111514416) * z + 0.2857142862609589) * z + 0.3999999999989924;
        return f - s * (f - z * (p * z + 0.666666666666667));
    }
}
