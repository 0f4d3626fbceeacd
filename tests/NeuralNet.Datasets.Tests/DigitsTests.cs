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

    [Fact]
    public void LoadAll_Tensors_AreScaledAndInOrder()
    {
        (Tensor images, Tensor labels) = Digits.LoadAll();
        images.Shape.Should().Equal(1797, 1, 8, 8);
        images.DType.Should().Be(DType.Float32);
        images.ToArray<float>().Should().Equal(Digits.LoadRaw().Pixels.Select(pixel => pixel / 16f));
        labels.Shape.Should().Equal(1797);
        labels.ToArray<long>().Should().Equal(Digits.LoadRaw().Labels.Select(label => (long)label));
    }

    [Fact]
    public void Load_TwoParts_HoldEachImageOnceWithItsLabel()
    {
        ImageClassificationData data = Digits.Load(testFraction: 0.25, new RandomGenerator(1));
        data.TrainImages.Shape.Should().Equal(1347, 1, 8, 8);
        data.TestImages.Shape.Should().Equal(450, 1, 8, 8);
        data.ClassNames.Should().Equal("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        (Tensor allImages, Tensor allLabels) = Digits.LoadAll();
        Records(data.TrainImages, data.TrainLabels).Concat(Records(data.TestImages, data.TestLabels)).Order(StringComparer.Ordinal)
            .Should().Equal(Records(allImages, allLabels).Order(StringComparer.Ordinal));

        static IEnumerable<string> Records(Tensor images, Tensor labels)
        {
            float[] pixels = images.ToArray<float>();
            long[] classes = labels.ToArray<long>();
            return classes.Select((label, i) => $"{label}: {string.Join(' ', pixels[(i * 64)..((i + 1) * 64)])}");
        }
    }

    [Fact]
    public void Load_SameSeed_GivesSameParts()
    {
        float[] first = Digits.Load(generator: new RandomGenerator(7)).TestImages.ToArray<float>();
        first.Should().HaveCount(359 * 64);
        Digits.Load(generator: new RandomGenerator(7)).TestImages.ToArray<float>().Should().Equal(first);
        Digits.Load(generator: new RandomGenerator(8)).TestImages.ToArray<float>().Should().NotEqual(first);
    }

    [Fact]
    public void Load_WithoutGenerator_KeepsAFifthOfEachClassAndIsAlwaysTheSame()
    {
        ImageClassificationData data = Digits.Load();
        long[] counts = [.. data.TestLabels.ToArray<long>().GroupBy(label => label).OrderBy(group => group.Key).Select(group => group.LongCount())];
        counts.Should().Equal(36, 36, 35, 37, 36, 36, 36, 36, 35, 36);
        Digits.Load().TestImages.ToArray<float>().Should().Equal(data.TestImages.ToArray<float>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.2)]
    [InlineData(double.NaN)]
    public void Load_FractionThatLeavesAPartEmpty_Throws(double fraction)
    {
        Action load = () => Digits.Load(fraction);
        load.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Digits.Load: a test fraction of * leaves one part of the 1797 images empty.*");
    }
}
