namespace NeuralNet.Datasets;

/// <summary>Labelled grey images as they stand in files.</summary>
/// <param name="Pixels">The pixels of all images, row by row.</param>
/// <param name="Labels">The class of each image.</param>
/// <param name="Height">The rows of an image.</param>
/// <param name="Width">The pixels of a row.</param>
internal sealed record RawImages(byte[] Pixels, byte[] Labels, int Height, int Width)
{
    public int Count => Labels.Length;
}
