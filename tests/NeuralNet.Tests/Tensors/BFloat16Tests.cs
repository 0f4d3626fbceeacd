using CsCheck;

namespace NeuralNet.Tests;

public sealed class BFloat16Tests
{
    [Theory]
    [InlineData(1f, 0x3F80)]
    [InlineData(-2f, 0xC000)]
    [InlineData(1.00390625f, 0x3F80)] // half-way to the next: even stays
    [InlineData(1.01171875f, 0x3F82)] // half-way: to even, upwards
    [InlineData(1.0039064f, 0x3F81)] // just above half-way
    [InlineData(float.MaxValue, 0x7F80)]
    [InlineData(float.PositiveInfinity, 0x7F80)]
    [InlineData(float.NegativeInfinity, 0xFF80)]
    [InlineData(-0f, 0x8000)]
    [InlineData(float.Epsilon, 0x0000)]
    public void FromSingle_Value_RoundsToNearestEven(float value, int bits) => ((BFloat16)value).Bits.Should().Be((ushort)bits);

    [Fact]
    public void FromSingle_NaN_StaysNaN()
    {
        float signalling = BitConverter.UInt32BitsToSingle(0x7F800001);

        float.IsNaN((BFloat16)float.NaN).Should().BeTrue();
        float.IsNaN((BFloat16)signalling).Should().BeTrue("the payload lies in the bits that are cut off");
    }

    [Fact]
    public void FromSingle_AnyValue_IsTheNearest() =>
        Gen.Float.Where(float.IsFinite).Sample(
            value =>
            {
                BFloat16 rounded = (BFloat16)value;
                double error = Math.Abs((double)(float)rounded - value);
                double below = Math.Abs((double)(float)BFloat16.FromBits((ushort)(rounded.Bits - 1)) - value);
                double above = Math.Abs((double)(float)BFloat16.FromBits((ushort)(rounded.Bits + 1)) - value);
                return float.IsInfinity(rounded) || ((rounded.Bits & 0x7FFF) == 0 || error <= below || double.IsNaN(below)) && (error <= above || double.IsNaN(above));
            },
            seed: "0000000000001",
            iter: 20000);

    [Fact]
    public void ToSingle_EveryNumber_RoundTrips()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            BFloat16 number = BFloat16.FromBits((ushort)bits);
            if (!float.IsNaN(number))
                ((BFloat16)(float)number).Bits.Should().Be((ushort)bits);
        }
    }

    [Fact]
    public void Equality_SpecialValues_IsThatOfFloats()
    {
        BFloat16 nan = (BFloat16)float.NaN;

        ((BFloat16)0f == (BFloat16)(-0f)).Should().BeTrue();
        (nan == BFloat16.FromBits(nan.Bits)).Should().BeFalse();
        nan.Equals(nan).Should().BeTrue();
        ((BFloat16)1.5f).GetHashCode().Should().Be(((BFloat16)1.5f).GetHashCode());
        ((BFloat16)1.5f).ToString().Should().Be("1.5");
    }
}
