namespace NeuralNet.Backends.Gpu;

internal static partial class PortableMath
{
    private const float QuarterPi = 0.7853982f;
    private const double QuarterPiDouble = 0.7853981633974483;
    private const float HalfPi = 1.5707964f;
    private const float HalfPiLow = -4.371139e-08f;
    private const double HalfPiDouble = 1.5707963267948966;
    private const double HalfPiLowDouble = 6.123233995736766e-17;

    public static float Sin(float x)
    {
        (float r, int quadrant) = Reduce(x);
        float y = (quadrant & 1) == 0 ? SinReduced(r) : CosReduced(r);
        return (quadrant & 2) == 0 ? y : -y;
    }

    public static double Sin(double x)
    {
        (double r, int quadrant) = Reduce(x);
        double y = (quadrant & 1) == 0 ? SinReduced(r) : CosReduced(r);
        return (quadrant & 2) == 0 ? y : -y;
    }

    public static float Cos(float x)
    {
        (float r, int quadrant) = Reduce(x);
        float y = (quadrant & 1) == 0 ? CosReduced(r) : SinReduced(r);
        return (quadrant + 1 & 2) == 0 ? y : -y;
    }

    public static double Cos(double x)
    {
        (double r, int quadrant) = Reduce(x);
        double y = (quadrant & 1) == 0 ? CosReduced(r) : SinReduced(r);
        return (quadrant + 1 & 2) == 0 ? y : -y;
    }

    public static float Tan(float x)
    {
        (float r, int quadrant) = Reduce(x);
        return (quadrant & 1) == 0 ? SinReduced(r) / CosReduced(r) : -CosReduced(r) / SinReduced(r);
    }

    public static double Tan(double x)
    {
        (double r, int quadrant) = Reduce(x);
        return (quadrant & 1) == 0 ? SinReduced(r) / CosReduced(r) : -CosReduced(r) / SinReduced(r);
    }

    private static float SinReduced(float r)
    {
        float z = r * r;
        float p = (2.7248365768173244e-06f * z - 0.00019840073946397752f) * z + 0.008333331905305386f;
        // The sum of −0 and +0 would be +0.
        return MathF.CopySign(r + r * z * (p * z - 0.1666666716337204f), r);
    }

    private static double SinReduced(double r)
    {
        double z = r * r;
        double p = (-7.586389554705215e-13 * z + 1.6058526388142101e-10) * z - 2.505210619936182e-08;
        p = ((p * z + 2.7557319219243677e-06) * z - 0.0001984126984126494) * z + 0.008333333333333331;
        return Math.CopySign(r + r * z * (p * z - 0.16666666666666666), r);
    }

    private static float CosReduced(float r)
    {
        float z = r * r;
        float p = (2.454665445839055e-05f * z - 0.001388829667121172f) * z + 0.0416666641831398f;
        return 1 - (0.5f * z - z * z * p);
    }

    private static double CosReduced(double r)
    {
        double z = r * r;
        double p = (-1.138218421447753e-11 * z + 2.0876140031390975e-09) * z - 2.755731724172776e-07;
        p = ((p * z + 2.48015872987077e-05) * z - 0.0013888888888887359) * z + 0.041666666666666664;
        return 1 - (0.5 * z - z * z * p);
    }
}
