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
    /// <returns>The images [1797, 1, 8, 8] as <see cref="DType.Float32"/> from 0 (paper) to 1 (ink), and their digits [1797] as
    /// <see cref="DType.Int64"/>.</returns>
    public static (Tensor Images, Tensor Labels) LoadAll()
    {
        RawImages all = LoadRaw();
        return (all.ImagesToTensor(MaxPixel), all.LabelsToTensor());
    }

    /// <summary>Loads the images, and keeps some of each class for testing.</summary>
    /// <param name="testFraction">The fraction of each class to test with, in (0, 1); a number of images is rounded.</param>
    /// <param name="generator">Draws which ones; if left out they are always the same, so that results compare.</param>
    /// <returns>The images [n, 1, 8, 8] as <see cref="DType.Float32"/> from 0 (paper) to 1 (ink), and their digits [n] as
    /// <see cref="DType.Int64"/>, both parts in the order of their source.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction leaves one part empty.</exception>
    public static ImageClassificationData Load(double testFraction = 0.2, RandomGenerator? generator = null)
    {
        RawImages all = LoadRaw();
        bool[] isTest = ChooseOfEachClass(all.Labels, testFraction, generator ?? new RandomGenerator(0));
        long[] test = [.. Enumerable.Range(0, Count).Where(i => isTest[i]).Select(i => (long)i)];
        long[] train = [.. Enumerable.Range(0, Count).Where(i => !isTest[i]).Select(i => (long)i)];
        if (test.Length == 0 || train.Length == 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(testFraction),
                testFraction,
                $"Digits.Load: a test fraction of {testFraction} leaves one part of the {Count} images empty. Use a fraction between "
                    + "0 and 1, such as 0.2.");
        }
        return ImageClassificationData.From(all.Select(train), all.Select(test), MaxPixel, s_classNames);
    }

    internal static RawImages LoadRaw()
    {
        const int pixelCount = Size * Size;
        byte[] pixels = new byte[Count * pixelCount];
        byte[] labels = new byte[Count];
        using Stream resource = typeof(Digits).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"Digits: the resource {ResourceName} was removed from the assembly. Keep "
                + "resources when trimming.");
        using GZipStream stream = new(resource, CompressionMode.Decompress);
        for (int i = 0; i < Count; i++)
        {
            stream.ReadExactly(pixels, i * pixelCount, pixelCount);
            stream.ReadExactly(labels, i, 1);
        }
        return new(pixels, labels, Size, Size);
    }

    private static bool[] ChooseOfEachClass(byte[] labels, double fraction, RandomGenerator generator)
    {
        bool[] isChosen = new bool[labels.Length];
        for (int label = 0; label < s_classNames.Length; label++)
        {
            int[] members = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == label)];
            generator.Shuffle(members.AsSpan());
            double count = Math.Round(members.Length * fraction);
            for (int i = 0; i < members.Length && i < count; i++)
                isChosen[members[i]] = true;
        }
        return isChosen;
    }
}
