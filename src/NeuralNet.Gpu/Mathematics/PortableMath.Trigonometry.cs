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
        return r + r * z * (p * z - 0.1666666716337204f);
    }

    private static double SinReduced(double r)
    {
        double z = r * r;
        double p = (-7.586389554705215e-13 * z + 1.6058526388142101e-10) * z - 2.505210619936182e-08;
        p = ((p * z + 2.7557319219243677e-06) * z - 0.0001984126984126494) * z + 0.008333333333333331;
        return r + r * z * (p * z - 0.16666666666666666);
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

    /// <summary>x = quadrant·π/2 + r with |r| ≤ π/4, modulo 2π, exactly enough for every float (Payne and Hanek, with integers).</summary>
    private static (float R, int Quadrant) Reduce(float x)
    {
        float a = MathF.Abs(x);
        if (a < QuarterPi)
            return (x, 0);
        if (!(a < float.PositiveInfinity))
            return (float.NaN, 0);

        // a = m·2ᵉ. Of the bits of 2/π, those that contribute multiples of 4 to the product are skipped; 96 more fix quadrant and fraction.
        int bits = BitConverter.SingleToInt32Bits(a);
        uint m = (uint)(bits & 0x7FFFFF | 0x800000);
        int start = (bits >> 23) - 150 - 2 + 32;
        int word = start >> 5;
        int shift = start & 31;
        uint w1 = TwoOverPi(word + 1);
        uint w2 = TwoOverPi(word + 2);
        uint high = Window(TwoOverPi(word), w1, shift);
        uint middle = Window(w1, w2, shift);
        uint low = Window(w2, TwoOverPi(word + 3), shift);
        ulong carry = (ulong)m * low >> 32;
        ulong sum = (ulong)m * middle + carry;
        ulong product = ((ulong)m * high << 32) + sum;

        // Two bits of quadrant, then the fraction; as a signed number it is the distance to the nearest quadrant.
        long fraction = (long)(product << 2);
        int quadrant = (int)(product >> 62) + (fraction < 0 ? 1 : 0);
        float r = fraction * 8.515303950216386e-20f;
        return x < 0 ? (-r, -quadrant) : (r, quadrant);
    }

    /// <summary>
    /// x = quadrant·π/2 + r with |r| ≤ π/4, modulo 2π, with π/2 in three parts (Cody and Waite). Beyond |x| = 10⁶ digits are lost as x grows.
    /// </summary>
    private static (double R, int Quadrant) Reduce(double x)
    {
        if (Math.Abs(x) < QuarterPiDouble)
            return (x, 0);
        double n = Math.Floor(x * 0.6366197723675814 + 0.5);
        double r = x - n * 1.5707963267341256 - n * 6.077100506303966e-11 - n * 2.0222662487111665e-21;
        return (r, (int)((long)n & 3));
    }

    private static uint Window(uint high, uint low, int shift) => (uint)((((ulong)high << 32 | low) << shift) >> 32);

    /// <summary>The bits of 2/π by words of 32; word 0 stands left of the binary point.</summary>
    private static uint TwoOverPi(int word) => word switch
    {
        1 => 0xA2F9836Eu,
        2 => 0x4E441529u,
        3 => 0xFC2757D1u,
        4 => 0xF534DDC0u,
        5 => 0xDB629599u,
        6 => 0x3C439041u,
        7 => 0xFE5163ABu,
        8 => 0xDEBBC561u,
        _ => 0u,
    };
}
