namespace NeuralNet.Backends.Gpu;

internal static partial class PortableMath
{
    public static float Atan(float x)
    {
        float a = MathF.Abs(x);
        float y = 0;
        float low = 0;
        float t = a;
        if (a > 2.4142136f)
        {
            y = HalfPi;
            low = HalfPiLow;
            t = -1 / a;
        }
        else if (a > 0.41421357f)
        {
            y = QuarterPi;
            low = 0.5f * HalfPiLow;
            t = (a - 1) / (a + 1);
        }
        float z = t * t;
        float p = (-0.06451597064733505f * z + 0.10743631422519684f) * z - 0.14263945817947388f;
        p = (p * z + 0.19999539852142334f) * z - 0.3333333134651184f;
        return MathF.CopySign(y + (t + (t * z * p + low)), x);
    }

    public static double Atan(double x)
    {
        double a = Math.Abs(x);
        double y = 0;
        double low = 0;
        double t = a;
        if (a > 2.414213562373095)
        {
            y = HalfPiDouble;
            low = HalfPiLowDouble;
            t = -1 / a;
        }
        else if (a > 0.41421356237309503)
        {
            y = QuarterPiDouble;
            low = 0.5 * HalfPiLowDouble;
            t = (a - 1) / (a + 1);
        }
        double z = t * t;
        double p = (-0.019174543572021332 * z + 0.03922974453661223) * z - 0.05085383488842831;
        p = ((p * z + 0.058581362519061465) * z - 0.06664509989818045) * z + 0.07692183087342026;
        p = ((p * z - 0.0909090457366906) * z + 0.11111111015146714) * z - 0.1428571428466518;
        p = (p * z + 0.19999999999995513) * z - 0.3333333333333333;
        return Math.CopySign(y + (t + (t * z * p + low)), x);
    }

    public static float Asin(float x) => 2 * Atan(x / (1 + MathF.Sqrt((1 - x) * (1 + x))));

    // Half of the smallest numbers would be rounded.
    public static double Asin(double x) => Math.Abs(x) < 1e-9 ? x : 2 * Atan(x / (1 + Math.Sqrt((1 - x) * (1 + x))));

    public static float Acos(float x) => 2 * Atan(MathF.Sqrt((1 - x) / (1 + x)));

    public static double Acos(double x) => 2 * Atan(Math.Sqrt((1 - x) / (1 + x)));

    public static float Atan2(float y, float x)
    {
        float a = MathF.Abs(x);
        float b = MathF.Abs(y);
        if (!(a <= float.PositiveInfinity) || !(b <= float.PositiveInfinity))
            return float.NaN;
        float angle;
        if (a == b)
            angle = a == 0 ? 0 : QuarterPi;
        else
            angle = b > a ? HalfPi - (Atan(a / b) - HalfPiLow) : Atan(b / a);
        if (BitConverter.SingleToInt32Bits(x) < 0)
            angle = 2 * HalfPi - (angle - 2 * HalfPiLow);
        return MathF.CopySign(angle, y);
    }

    public static double Atan2(double y, double x)
    {
        double a = Math.Abs(x);
        double b = Math.Abs(y);
        if (!(a <= double.PositiveInfinity) || !(b <= double.PositiveInfinity))
            return double.NaN;
        double angle;
        if (a == b)
            angle = a == 0 ? 0 : QuarterPiDouble;
        else
            angle = b > a ? HalfPiDouble - (Atan(a / b) - HalfPiLowDouble) : Atan(b / a);
        if (BitConverter.DoubleToInt64Bits(x) < 0)
            angle = 2 * HalfPiDouble - (angle - 2 * HalfPiLowDouble);
        return Math.CopySign(angle, y);
    }
}
