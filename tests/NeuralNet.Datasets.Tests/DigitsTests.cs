using System.Security.Cryptography;

namespace NeuralNet.Datasets.Tests;

public class DigitsTests
{
    [Fact]
    public void LoadRaw_Classes_AreThoseOfTheSource()
    {
        RawImages digits = Digits.LoadRaw();
        digits.Count.Should().Be(1797);
        digits.Pixels.Should().HaveCount(1797 * 64);
        Enumerable.Range(0, 10).Select(label => digits.Labels.Count(l => l == label))
            .Should().Equal(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }

    [Fact]
    public void LoadRaw_Pixels_CoverTheirRange()
    {
        byte[] pixels = Digits.LoadRaw().Pixels;
        pixels.Min().Should().Be(0);
        pixels.Max().Should().Be(Digits.MaxPixel);
    }

    [Fact]
    public void LoadRaw_FirstImage_IsTheZeroOfTheSource()
    {
        RawImages digits = Digits.LoadRaw();
        digits.Labels[0].Should().Be(0);
        digits.Pixels[..64].Should().Equal(
            0, 0, 5, 13, 9, 1, 0, 0,
            0, 0, 13, 15, 10, 15, 5, 0,
            0, 3, 15, 2, 0, 11, 8, 0,
            0, 4, 12, 0, 0, 8, 8, 0,
            0, 5, 8, 0, 0, 9, 8, 0,
            0, 4, 11, 0, 1, 12, 7, 0,
            0, 2, 14, 5, 10, 12, 0, 0,
            0, 0, 6, 13, 10, 0, 0, 0);
    }

    [Fact]
    public void LoadRaw_AllBytes_HaveTheHashInTheNote()
    {
        RawImages digits = Digits.LoadRaw();
        byte[] records = new byte[Digits.Count * 65];
        for (int i = 0; i < Digits.Count; i++)
        {
            digits.Pixels.AsSpan(i * 64, 64).CopyTo(records.AsSpan(i * 65));
            records[i * 65 + 64] = digits.Labels[i];
        }
        Convert.ToHexStringLower(SHA256.HashData(records)).Should().Be("68aea062d35a127749050fa0e52dca09d6569ac08092c925610e0954e172dde2");
    }
}
