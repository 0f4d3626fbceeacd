using StbImageSharp;

namespace NeuralNet.Datasets;

/// <summary>Reads images in the formats PNG and JPEG.</summary>
/// <remarks>
/// Files are untrusted: the size that a header claims must be one that the bytes of the file can hold, and the checksums of a PNG file are
/// compared, before anything is decoded. Sixteen bits a channel become eight.
/// </remarks>
public static class ImageFile
{
    private const float MaxPixel = 255;

    /// <summary>Reads an image for a network.</summary>
    /// <param name="path">The file; its format is seen from its content.</param>
    /// <param name="color">The channels to read it into, whatever the file has.</param>
    /// <returns>A tensor of [channels, height, width] of Float32 from 0 to 1.</returns>
    /// <exception cref="CorruptFileException">The file is damaged, or no PNG or JPEG file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Tensor Read(string path, ImageColor color = ImageColor.Rgb) => ReadBytes(path, color).Cast(DType.Float32) / MaxPixel;

    /// <summary>Reads an image as it is.</summary>
    /// <returns>A tensor of [channels, height, width] of UInt8.</returns>
    /// <inheritdoc cref="Read"/>
    public static Tensor ReadBytes(string path, ImageColor color = ImageColor.Rgb)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Enum.IsDefined(color))
            throw new ArgumentOutOfRangeException(nameof(color), color, $"ImageFile: no color {color}. Use Grey, Rgb or Rgba.");
        byte[] content = File.ReadAllBytes(path);
        ImageGuard.Check(path, content);
        ImageResult image = Decode(path, content, color);
        return Tensor.From(image.Data, [image.Height, image.Width, (int)color]).Permute(2, 0, 1).Contiguous();
    }

    private static ImageResult Decode(string path, byte[] content, ImageColor color)
    {
        ColorComponents components = color switch
        {
            ImageColor.Grey => ColorComponents.Grey,
            ImageColor.Rgba => ColorComponents.RedGreenBlueAlpha,
            _ => ColorComponents.RedGreenBlue,
        };
        try
        {
            return ImageResult.FromMemory(content, components);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The decoder tells of damage by whatever it stumbles over.
            throw new CorruptFileException(path, 0, "an image that decodes", exception.Message, exception);
        }
    }
}
