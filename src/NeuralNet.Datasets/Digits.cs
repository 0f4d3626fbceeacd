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

    /// <summary>The number of classes, one for each digit.</summary>
    public const int ClassCount = 10;

    /// <summary>The value of a pixel that is all ink; paper is 0.</summary>
    internal const int MaxPixel = 16;

    private const string ResourceName = "digits.bin.gz";

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
