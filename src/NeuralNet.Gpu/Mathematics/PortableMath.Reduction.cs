namespace NeuralNet.Backends.Gpu;

// The reduction of angles to x = quadrant·π/2 + r with |r| ≤ π/4, modulo 2π, for every number (Payne and Hanek): x = m·2ᵉ is multiplied by
// 2/π with integers. Bits of 2/π that contribute multiples of 4 quadrants to the product are skipped; a window of those that follow
// is enough.
internal static partial class PortableMath
{
    private static (float R, int Quadrant) Reduce(float x)
    {
        float a = MathF.Abs(x);
        if (a < QuarterPi)
            return (x, 0);
        if (!(a < float.PositiveInfinity))
            return (float.NaN, 0);
        int bits = BitConverter.SingleToInt32Bits(a);
        uint m = (uint)(bits & 0x7FFFFF | 0x800000);
        int start = (bits >> 23) - 150 - 2 + 32;
        int word = start >> 5;
        int shift = start & 31;
        ulong sum = ((ulong)m * TwoOverPi(word + 2, shift) >> 32) + (ulong)m * TwoOverPi(word + 1, shift);
        ulong product = ((ulong)m * TwoOverPi(word, shift) << 32) + sum;

        // Two bits of quadrant, then the fraction; as a signed number that is the distance to the nearest quadrant.
        long fraction = (long)(product << 2);
        int quadrant = (int)(product >> 62) + (fraction < 0 ? 1 : 0);
        float r = fraction * 8.515303950216386e-20f;
        return x < 0 ? (-r, -quadrant) : (r, quadrant);
    }

    private static (double R, int Quadrant) Reduce(double x)
    {
        double a = Math.Abs(x);
        if (a < QuarterPiDouble)
            return (x, 0);
        if (!(a < double.PositiveInfinity))
            return (double.NaN, 0);
        if (a < 1e6)
        {
            // π/2 in three parts, of which two times n are exact (Cody and Waite).
            double n = Math.Floor(x * 0.6366197723675814 + 0.5);
            return (x - n * 1.5707963267341256 - n * 6.077100506303966e-11 - n * 2.0222662487111665e-21, (int)n & 3);
        }
        long bits = BitConverter.DoubleToInt64Bits(a);
        ulong m = (ulong)(bits & 0xFFFFFFFFFFFFFL | 0x10000000000000L);
        int start = (int)(bits >> 52) - 1075 - 2 + 32;
        int word = start >> 5;
        int shift = start & 31;

        // The upper 128 bits of the product modulo 2¹⁹², each partial product of 32 bits by 32.
        ulong low = m & 0xFFFFFFFFu;
        ulong high = m >> 32;
        ulong w5 = TwoOverPi(word + 5, shift);
        ulong w4 = TwoOverPi(word + 4, shift);
        ulong w3 = TwoOverPi(word + 3, shift);
        ulong w2 = TwoOverPi(word + 2, shift);
        ulong w1 = TwoOverPi(word + 1, shift);
        ulong w0 = TwoOverPi(word, shift);
        AddParts(low * w5 >> 32, low * w4, high * w5, out ulong carry);
        ulong p3 = AddParts(carry, low * w3, high * w4, out carry);
        ulong p2 = AddParts(carry, low * w2, high * w3, out carry);
        ulong p1 = AddParts(carry, low * w1, high * w2, out carry);
        ulong p0 = carry + low * w0 + high * w1;
        ulong upper = p0 << 32 | p1;
        ulong lower = p2 << 32 | p3;

        long fraction = (long)(upper << 2 | lower >> 62);
        int quadrant = (int)(upper >> 62) + (fraction < 0 ? 1 : 0);
        double r = (fraction + (lower << 2) * 5.421010862427522e-20) * 8.515303950216386e-20;
        return x < 0 ? (-r, -quadrant) : (r, quadrant);
    }

    /// <summary>
    /// The lower 32 bits of a + b + c; the carry is what lies above them. a is less than 2³³, b and c are products of 32 bits by 32.
    /// </summary>
    private static ulong AddParts(ulong a, ulong b, ulong c, out ulong carry)
    {
        ulong sum = a + (b & 0xFFFFFFFFu) + (c & 0xFFFFFFFFu);
        carry = (b >> 32) + (c >> 32) + (sum >> 32);
        return sum & 0xFFFFFFFFu;
    }

    /// <summary>32 bits of 2/π, from <paramref name="shift"/> bits behind the start of a word on.</summary>
    private static uint TwoOverPi(int word, int shift) => (uint)((((ulong)TwoOverPi(word) << 32 | TwoOverPi(word + 1)) << shift) >> 32);

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
        9 => 0xB7246E3Au,
        10 => 0x424DD2E0u,
        11 => 0x06492EEAu,
        12 => 0x09D1921Cu,
        13 => 0xFE1DEB1Cu,
        14 => 0xB129A73Eu,
        15 => 0xE88235F5u,
        16 => 0x2EBB4484u,
        17 => 0xE99C7026u,
        18 => 0xB45F7E41u,
        19 => 0x3991D639u,
        20 => 0x835339F4u,
        21 => 0x9C845F8Bu,
        22 => 0xBDF9283Bu,
        23 => 0x1FF897FFu,
        24 => 0xDE05980Fu,
        25 => 0xEF2F118Bu,
        26 => 0x5A0A6D1Fu,
        27 => 0x6D367ECFu,
        28 => 0x27CB09B7u,
        29 => 0x4F463F66u,
        30 => 0x9E5FEA2Du,
        31 => 0x7527BAC7u,
        32 => 0xEBE5F17Bu,
        33 => 0x3D0739F7u,
        34 => 0x8A5292EAu,
        35 => 0x6BFB5FB1u,
        36 => 0x1F8D5D08u,
        37 => 0x56033046u,
        38 => 0xFC7B6BABu,
        _ => 0u,
    };
}
