using System.Numerics;

namespace NeuralNet.Backends.Gpu;

internal static partial class PortableMath
{
    /// <summary>xʸ, by way of double precision: an exponent magnifies the error of a logarithm a hundredfold.</summary>
    public static float Pow(float x, float y) => (float)Pow((double)x, (double)y);

    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1)
            return 1;
        if (!(Math.Abs(x) <= double.PositiveInfinity) || !(Math.Abs(y) <= double.PositiveInfinity))
            return double.NaN;

        // From 2⁵³ on every number is an even integer.
        double magnitude = Math.Abs(y);
        bool isInteger = magnitude >= 9007199254740992.0 || Math.Floor(magnitude) == magnitude;
        bool isOdd = magnitude < 9007199254740992.0 && isInteger && ((long)magnitude & 1) != 0;
        bool isNegative = BitConverter.DoubleToInt64Bits(x) < 0;
        double a = Math.Abs(x);
        double result = a == 1 ? 1
            : a == 0 ? (y > 0 ? 0 : double.PositiveInfinity)
            : a == double.PositiveInfinity || magnitude > 1e19 ? (a > 1 == y > 0 ? double.PositiveInfinity : 0)
            : PowPositive(a, y);
        if (isNegative && !isInteger && a != 0 && a != double.PositiveInfinity)
            return double.NaN;
        return isNegative && isOdd ? -result : result;
    }

    public static float Cbrt(float x)
    {
        float a = MathF.Abs(x);
        if (a == 0 || !(a < float.PositiveInfinity))
            return x;
        // Powers of 2⁸ move the number to where neither a denormal nor an overflow can meet the iteration.
        float unscale = a < 1 ? 0.00390625f : 256;
        a *= a < 1 ? 16777216f : 5.9604645e-08f;
        float y = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a) / 3 + 709_920_000);
        for (int i = 0; i < 3; i++)
        {
            float cube = y * y * y;
            y -= y * ((cube - a) / (2 * cube + a));
        }
        return MathF.CopySign(y * unscale, x);
    }

    public static double Cbrt(double x)
    {
        double a = Math.Abs(x);
        if (a == 0 || !(a < double.PositiveInfinity))
            return x;
        double unscale = a < 1 ? 3.814697265625e-06 : 262144;
        a *= a < 1 ? 18014398509481984.0 : 5.551115123125783e-17;
        double y = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(a) / 3 + 0x2A9F8000_00000000);
        for (int i = 0; i < 4; i++)
        {
            double cube = y * y * y;
            y -= y * ((cube - a) / (2 * cube + a));
        }
        return Math.CopySign(y * unscale, x);
    }

    public static float Remainder(float x, float y) => Remainder<float>(x, y);

    public static double Remainder(double x, double y) => Remainder<double>(x, y);

    /// <summary>x − y·⌊x/y⌋ toward zero, exactly: long division in binary, in which every step is free of rounding.</summary>
    private static T Remainder<T>(T x, T y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T a = T.Abs(x);
        T b = T.Abs(y);
        if (!T.IsFinite(x) || !(b > T.Zero))
            return T.NaN;
        if (a < b)
            return x;
        T t = b;
        while (t <= a * Constants<T>.Half)
            t += t;
        while (true)
        {
            if (a >= t)
                a -= t;
            if (t == b)
                break;
            t *= Constants<T>.Half;
        }
        return T.CopySign(a, x);
    }

    /// <summary>aʸ for positive finite a other than 1: the logarithm as a sum of two numbers, times y, and its exponential.</summary>
    private static double PowPositive(double a, double y)
    {
        (double m, int n) = Decompose(a);

        // s = f/(2 + f) in two parts; every product of two Upper halves is exact.
        double f = m - 1;
        double d = 2 + f;
        double dLow = f - (d - 2);
        double s = f / d;
        double sHigh = Upper(s);
        double dHigh = Upper(d);
        double sLow = (f - sHigh * dHigh - sHigh * (d - dHigh + dLow)) / d;

        // log m = 2s + 2s³/3 + s⁵·P(s²): the first two terms in two parts.
        double z = s * s;
        double p = (0.1461703754879165 * z + 0.1533167403016786) * z + 0.18182890556695602;
        p = ((p * z + 0.2222221111514416) * z + 0.2857142862609589) * z + 0.3999999999989924;
        double tail = s * z * z * p;
        double square = sHigh * sHigh;
        double squareLow = sLow * (sHigh + s);
        double third = square * (1.0 / 3);
        double thirdHigh = Upper(third);
        double thirdLow = (square - 3 * thirdHigh + squareLow) * (1.0 / 3);
        double cubeHigh = 2 * sHigh * thirdHigh;
        double cubeLow = 2 * (sHigh * thirdLow + sLow * (thirdHigh + thirdLow));
        double high = n * Ln2HighDouble;
        double low = n * Ln2LowDouble + tail + cubeLow + 2 * sLow;
        (high, double error) = AddOrdered(high, 2 * sHigh, n == 0);
        low += error;
        (high, error) = AddOrdered(high, cubeHigh, false);
        low += error;

        // y·log a in two parts, and the exponential of their sum.
        double logHigh = Upper(high + low);
        double logLow = high - logHigh + low;
        double yHigh = Upper(y);
        double productHigh = yHigh * logHigh;
        double productLow = y * logLow + (y - yHigh) * logHigh;
        double product = productHigh + productLow;
        if (product > 709.9)
            return double.PositiveInfinity;
        if (product < -746)
            return 0;
        double k = Math.Floor(product * Log2EDouble + 0.5);
        double r = productHigh - k * Ln2HighDouble + (productLow - k * Ln2LowDouble);
        return Scale(ExpReduced(r), (int)k);
    }

    /// <summary>The sum of two numbers and what it lost to rounding; the first is the larger one, or zero.</summary>
    private static (double Sum, double Error) AddOrdered(double a, double b, bool isFirstZero)
    {
        double sum = a + b;
        return (sum, isFirstZero ? 0 : b - (sum - a));
    }

    /// <summary>The upper 26 bits of a number's fraction.</summary>
    private static double Upper(double x) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) & -134217728L);
}
