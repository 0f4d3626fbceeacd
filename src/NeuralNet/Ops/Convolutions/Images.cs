namespace NeuralNet;

/// <summary>What operations on batches of images [N, C, …] of one to three spatial axes share.</summary>
internal static class Images
{
    /// <summary>The order in memory of their results: the channels of a pixel side by side.</summary>
    public static Layout ChannelsLast(Shape shape)
    {
        int[] order = new int[shape.Rank];
        for (int i = 1; i < order.Length - 1; i++)
            order[i] = i + 1;
        order[^1] = 1;
        return Layout.Dense(shape, order);
    }

    /// <summary>The axes but that of the channels.</summary>
    public static int[] AxesWithoutChannels(int rank) => [0, .. Enumerable.Range(2, rank - 2)];

    /// <exception cref="ShapeException">The tensor has no batch, no channels, or not one to three spatial axes.</exception>
    public static void Require(string name, Tensor x, int spatialAxes = 0)
    {
        bool fits = spatialAxes == 0 ? x.Rank is >= 3 and <= 5 : x.Rank == spatialAxes + 2;
        if (!fits)
        {
            string wanted = spatialAxes == 0 ? "one to three" : $"{spatialAxes}";
            throw new ShapeException($"{name}: input {x.Shape} has {x.Rank} axes; [N, C] and {wanted} spatial axes are needed. Use Unsqueeze(0) "
                + "for a single image, or Reshape.");
        }
    }
}
