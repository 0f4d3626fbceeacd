namespace NeuralNet.Datasets;

/// <summary>Labelled grey images as they stand in files.</summary>
/// <param name="Pixels">The pixels of all images, row by row.</param>
/// <param name="Labels">The class of each image.</param>
/// <param name="Height">The rows of an image.</param>
/// <param name="Width">The pixels of a row.</param>
internal sealed record RawImages(byte[] Pixels, byte[] Labels, int Height, int Width)
{
    public int Count => Labels.Length;

    /// <summary>The pixels as [n, 1, height, width], divided by the largest value one can have.</summary>
    public Tensor ImagesToTensor(int maxPixel)
    {
        Tensor images = Tensor.Zeros([Count, 1, Height, Width], DType.Float32);
        images.Write<float>(span =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = Pixels[i] / (float)maxPixel;
        });
        return images;
    }

    public Tensor LabelsToTensor() => Tensor.From(Array.ConvertAll(Labels, label => (long)label), [Count]);

    /// <summary>The images of these indices, in their order.</summary>
    public RawImages Select(ReadOnlySpan<long> indices)
    {
        int size = Height * Width;
        byte[] pixels = new byte[indices.Length * size];
        byte[] labels = new byte[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            int source = (int)indices[i];
            Pixels.AsSpan(source * size, size).CopyTo(pixels.AsSpan(i * size));
            labels[i] = Labels[source];
        }
        return new(pixels, labels, Height, Width);
    }
}
