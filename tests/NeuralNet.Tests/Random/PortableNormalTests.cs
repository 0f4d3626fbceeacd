using NeuralNet.Backends;

namespace NeuralNet.Tests;

public sealed class PortableNormalTests
{
    private const int Samples = 200_000;

    [Fact]
    public void Log_Single_IsWithinOneUlp()
    {
        double worst = 0;
        for (ulong i = 0; i < Samples; i++)
        {
            // Uniform, logarithmic, and close to one.
            PhiloxBlock block = Philox.Block(1, i);
            float uniform = ((int)(block.Word0 >> 1) + 1f) * PortableNormal.RadiusUnit;
            float logarithmic = BitConverter.Int32BitsToSingle((int)(block.Word1 % 0x3F000000) + 0x00800000);
            float nearOne = 1 + (int)block.Word2 * 1e-11f;
            foreach (float x in new[] { uniform, logarithmic, nearOne })
                worst = Math.Max(worst, UlpsApart(PortableNormal.Log(x), Math.Log(x)));
        }
        worst.Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Log_Double_IsWithinTwoUlpOfTheLibrary()
    {
        double worst = 0;
        for (ulong i = 0; i < Samples; i++)
        {
            PhiloxBlock block = Philox.Block(2, i);
            double uniform = ((long)(block.Long0 >> 1) + 1d) / (1UL << 63);
            double logarithmic = BitConverter.UInt64BitsToDouble(block.Long1 % 0x7FD0000000000000 + 0x0010000000000000);
            double nearOne = 1 + (int)block.Word2 * 1e-13;
            foreach (double x in new[] { uniform, logarithmic, nearOne })
                worst = Math.Max(worst, UlpsApart(PortableNormal.Log(x), Math.Log(x)));
        }
        worst.Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public void SinCosTurn_Single_IsWithinTwoUlp()
    {
        double worst = 0;
        for (uint i = 0; i < Samples; i++)
        {
            // All around the circle, close to zero, and close to each quarter turn.
            foreach (uint word in new[] { i * 21474u, i << 6, (i << 30) + ((i >> 2) << 6) - (Samples << 3) })
            {
                (float sin, float cos) = PortableNormal.SinCosTurn(word);
                (double expectedSin, double expectedCos) = SinCosTurnReference((ulong)(word & ~63u) << 32);
                worst = Math.Max(worst, Math.Max(UlpsApart(sin, expectedSin), UlpsApart(cos, expectedCos)));
            }
        }
        worst.Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public void SinCosTurn_Double_IsWithinTwoUlpOfTheLibrary()
    {
        double worst = 0;
        for (ulong i = 0; i < Samples; i++)
        {
            foreach (ulong word in new[] { Philox.Block(4, i).Long0, i << 9, (i << 62) + ((i >> 2) << 30) - ((ulong)Samples << 27) })
            {
                (double sin, double cos) = PortableNormal.SinCosTurn(word);
                (double expectedSin, double expectedCos) = SinCosTurnReference(word & ~511UL);
                worst = Math.Max(worst, Math.Max(UlpsApart(sin, expectedSin), UlpsApart(cos, expectedCos)));
            }
        }
        worst.Should().BeLessThanOrEqualTo(2);
    }

    [Theory]
    [InlineData(0u, 0f, 1f)]
    [InlineData(1u << 30, 1f, 0f)]
    [InlineData(1u << 31, 0f, -1f)]
    [InlineData(3u << 30, -1f, 0f)]
    public void SinCosTurn_QuarterTurns_AreExact(uint word, float sin, float cos)
    {
        PortableNormal.SinCosTurn(word).Should().Be((sin, cos));
        PortableNormal.SinCosTurn((ulong)word << 32).Should().Be((sin, cos));
    }

    [Fact]
    public void Pair_ExtremeWords_AreFiniteAndBounded()
    {
        Math.Abs(PortableNormal.Pair(0u, 0u).First).Should().BeApproximately((float)Math.Sqrt(62 * Math.Log(2)), 1e-5f);
        Math.Abs(PortableNormal.Pair(0ul, 0ul).First).Should().BeApproximately(Math.Sqrt(126 * Math.Log(2)), 1e-13);
        PortableNormal.Pair(uint.MaxValue, 12345u).Should().Be((0f, 0f));
        PortableNormal.Pair(ulong.MaxValue, 12345ul).Should().Be((0d, 0d));
    }

    /// <summary>The library's functions at an angle in two parts, so that the rounding of 2π does not count.</summary>
    private static (double Sin, double Cos) SinCosTurnReference(ulong word)
    {
        const double turn = 2 * Math.PI / 18446744073709551616d;
        const double turnRest = 1.3277647201629795e-35;
        (ulong quarter, ulong beyond) = Math.DivRem(word, 1UL << 62);
        double rest = beyond <= 1UL << 61 ? beyond : -(double)((1UL << 62) - beyond);
        quarter = beyond <= 1UL << 61 ? quarter : quarter + 1;
        double angle = rest * turn;
        double correction = Math.FusedMultiplyAdd(rest, turn, -angle) + rest * turnRest;
        (double sin, double cos) = Math.SinCos(angle);
        (sin, cos) = (sin + correction * cos, cos - correction * sin);
        return (quarter % 4) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    private static double UlpsApart(float actual, double expected) =>
        Math.Abs(actual - expected) / (MathF.BitIncrement(Math.Abs((float)expected)) - Math.Abs((float)expected));

    private static double UlpsApart(double actual, double expected) =>
        Math.Abs(actual - expected) / (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected));
}
