namespace NeuralNet.Backends.Gpu;

internal static partial class PortableMath
{
    // Polynomials: Chebyshev interpolation of (eʳ − 1 − r)/r² on |r| ≤ 0.35.
    private const float Log2E = 1.44269504f;
    private const double Log2EDouble = 1.4426950408889634;

    // ln 2 in two parts, of which the first times any exponent is exact.
    private const float Ln2High = 0.693145751953125f;
    private const float Ln2Low = 1.428606765330187e-06f;
    private const double Ln2HighDouble = 0.6931471803691238;
    private const double Ln2LowDouble = 1.9082149292705877e-10;

    public static float Exp(float x)
    {
        if (x > 88.72284f)
            return float.PositiveInfinity;
        if (x < -103.98f)
            return 0;
        float n = MathF.Floor(x * Log2E + 0.5f);
        float r = x - n * Ln2High - n * Ln2Low;
        return Scale(ExpReduced(r), (int)n);
    }

    public static double Exp(double x)
    {
        if (x > 709.782712893384)
            return double.PositiveInfinity;
        if (x < -745.14)
            return 0;
        double n = Math.Floor(x * Log2EDouble + 0.5);
        double r = x - n * Ln2HighDouble - n * Ln2LowDouble;
        return Scale(ExpReduced(r), (int)n);
    }

    public static float Sinh(float x)
    {
        float a = MathF.Abs(x);
        if (a < 1)
        {
            float z = x * x;
            float p = ((2.806280235745362e-06f * z + 0.00019838102161884308f) * z + 0.008333339355885983f) * z + 0.1666666716337204f;
            return x + x * z * p;
        }
        // The root of the exponential keeps the result finite up to where sinh itself overflows.
        float e = Exp(a > 88 ? 0.5f * a : a);
        return MathF.CopySign(a > 88 ? 0.5f * e * e : 0.5f * (e - 1 / e), x);
    }

    public static double Sinh(double x)
    {
        double a = Math.Abs(x);
        if (a < 1)
        {
            double z = x * x;
            double p = 7.746178593018827e-13 * z + 1.6057679623801638e-10;
            p = (p * z + 2.5052117695907823e-08) * z + 2.7557319191381816e-06;
            p = ((p * z + 0.00019841269841324198) * z + 0.008333333333333299) * z + 0.16666666666666666;
            return x + x * z * p;
        }
        double e = Exp(a > 709 ? 0.5 * a : a);
        return Math.CopySign(a > 709 ? 0.5 * e * e : 0.5 * (e - 1 / e), x);
    }

    public static float Cosh(float x)
    {
        float a = MathF.Abs(x);
        float e = Exp(a > 88 ? 0.5f * a : a);
        return a > 88 ? 0.5f * e * e : 0.5f * (e + 1 / e);
    }

    public static double Cosh(double x)
    {
        double a = Math.Abs(x);
        double e = Exp(a > 709 ? 0.5 * a : a);
        return a > 709 ? 0.5 * e * e : 0.5 * (e + 1 / e);
    }

    public static float Tanh(float x)
    {
        float a = MathF.Abs(x);
        if (a < 0.625f)
        {
            float z = x * x;
            float p = (0.0022695017978549004f * z - 0.0083231870085001f) * z + 0.021762503311038017f;
            p = ((p * z - 0.053958460688591f) * z + 0.1333329975605011f) * z - 0.3333333432674408f;
            return MathF.CopySign(a + a * z * p, x);
        }
        return MathF.CopySign(1 - 2 / (Exp(2 * a) + 1), x);
    }

    public static double Tanh(double x)
    {
        double a = Math.Abs(x);
        if (a < 0.625)
        {
            double z = x * x;
            double p = (6.354340814859719e-06 * z - 3.092912547386467e-05) * z + 9.23274970808537e-05;
            p = ((p * z - 0.0002374675659822325) * z + 0.000589622148687206) * z - 0.0014557676940659455;
            p = ((p * z + 0.003592120760870841) * z - 0.008863235024306106) * z + 0.021869488515352347;
            p = ((p * z - 0.05396825396781054) * z + 0.1333333333333296) * z - 0.3333333333333333;
            return Math.CopySign(a + a * z * p, x);
        }
        return Math.CopySign(1 - 2 / (Exp(2 * a) + 1), x);
    }

    /// <summary>eʳ for |r| ≤ ½·ln 2.</summary>
    private static float ExpReduced(float r)
    {
        float p = (0.00019891970441676676f * r + 0.0013934532180428505f) * r + 0.00833331048488617f;
        p = ((p * r + 0.04166645556688309f) * r + 0.1666666716337204f) * r + 0.5f;
        return 1 + (r + r * r * p);
    }

    /// <summary>eʳ for |r| ≤ ½·ln 2.</summary>
    private static double ExpReduced(double r)
    {
        double p = (2.09098092071249e-09 * r + 2.5106262550887908e-08) * r + 2.7557290778703144e-07;
        p = ((p * r + 2.755725286336732e-06) * r + 2.480158730377977e-05) * r + 0.00019841269876840357;
        p = ((p * r + 0.0013888888888895772) * r + 0.008333333333325551) * r + 0.041666666666666644;
        p = (p * r + 0.1666666666666667) * r + 0.5;
        return 1 + (r + r * r * p);
    }

    /// <summary>x·2ⁿ, in two steps, so that neither the largest numbers nor the denormal ones are lost on the way.</summary>
    private static float Scale(float x, int n)
    {
        int half = n >> 1;
        return x * BitConverter.Int32BitsToSingle((half + 127) << 23) * BitConverter.Int32BitsToSingle((n - half + 127) << 23);
    }

    /// <summary>x·2ⁿ, in two steps, so that neither the largest numbers nor the denormal ones are lost on the way.</summary>
    private static double Scale(double x, int n)
    {
        int half = n >> 1;
        return x * BitConverter.Int64BitsToDouble((half + 1023L) << 52) * BitConverter.Int64BitsToDouble((n - half + 1023L) << 52);
    }
}
