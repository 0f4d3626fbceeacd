namespace NeuralNet;

/// <summary>What operations on batches of images [N, C, …] of one to three spatial axes share.</summary>
internal static class Images
{
    /// <summary>The axes but that of the channels.</summary>
    public static int[] AxesWithoutChannels(int rank) => [0, .. Enumerable.Range(2, rank - 2)];

    /// <exception cref="ShapeException">The tensor has no batch, no channels, or not one to three spatial axes.</exception>
    public static void Require(string name, Tensor x)
    {
        if (x.Rank is < 3 or > 5)
            throw new ShapeException($"{name}: input {x.Shape} has {x.Rank} axes; [N, C] and one to three spatial axes are needed. Use Unsqueeze(0) "
                + "for a single image, or Reshape.");
    }
}
