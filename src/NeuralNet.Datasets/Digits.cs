using System.IO.Compression;

namespace NeuralNet.Datasets;

/// <summary>1797 handwritten digits of 8×8 pixels, embedded in this library: a data set for first steps and for tests.</summary>
/// <remarks>
/// Source: "Optical Recognition of Handwritten Digits", E. Alpaydin and C. Kaynak (1998), UCI Machine Learning Repository,
/// https://doi.org/10.24432/C50P49, the file optdigits.tes; licence CC BY 4.0.
/// </remarks>
public static class Digits
{
    /// <summary>The number of images.</summary>
    public const int Count = 1797;

    /// <summary>The height and the width of an image in pixels.</summary>
    public const int Size = 8;

    /// <summary>The value of a pixel that is all ink; paper is 0.</summary>
    internal const int MaxPixel = 16;

    private const string ResourceName = "digits.bin.gz";

    private static readonly string[] s_classNames = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    /// <summary>Loads all images in the order of their source.</summary>
    /// <returns>The images [1797, 1, 8, 8] as <see cref="DType.Float32"/> from 0 (paper) to 1 (ink), and their digits [1797] as <see cref="DType.Int64"/>.</returns>
    public static (Tensor Images, Tensor Labels) LoadAll()
    {
        RawImages all = LoadRaw();
        return (all.ImagesToTensor(MaxPixel), all.LabelsToTensor());
    }

    /// <summary>Loads the images in random order, and keeps some of them for testing.</summary>
    /// <param name="testFraction">The fraction to test with, in (0, 1); a number of images is rounded.</param>
    /// <param name="generator">Draws the order; the default generator if left out. The same generator state gives the same parts.</param>
    /// <returns>The images [n, 1, 8, 8] as <see cref="DType.Float32"/> from 0 (paper) to 1 (ink), and their digits [n] as <see cref="DType.Int64"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction leaves one part empty.</exception>
    public static ImageClassificationData Load(double testFraction = 0.2, RandomGenerator? generator = null)
    {
        double testCount = Math.Round(Count * testFraction);
        if (!(testCount is >= 1 and <= Count - 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(testFraction),
                testFraction,
                $"Digits.Load: a test fraction of {testFraction} leaves one part of the {Count} images empty. Use a fraction between 0 and 1, such as 0.2.");
        }
        ReadOnlySpan<long> order = (generator ?? RandomGenerator.Current).Permutation(Count);
        RawImages all = LoadRaw();
        return ImageClassificationData.From(all.Select(order[(int)testCount..]), all.Select(order[..(int)testCount]), MaxPixel, s_classNames);
    }

    internal static RawImages LoadRaw()
    {
        const int pixelCount = Size * Size;
        byte[] pixels = new byte[Count * pixelCount];
        byte[] labels = new byte[Count];
        using Stream resource = typeof(Digits).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"Digits: the resource {ResourceName} was removed from the assembly. Keep resources when trimming.");
        using GZipStream stream = new(resource, CompressionMode.Decompress);
        for (int i = 0; i < Count; i++)
        {
            stream.ReadExactly(pixels, i * pixelCount, pixelCount);
            stream.ReadExactly(labels, i, 1);
        }
        return new(pixels, labels, Size, Size);
    }
}
