namespace NeuralNet;

/// <summary>What operations on batches of images [N, C, …] of one to three spatial axes share.</summary>
internal static class Images
{
    private static readonly int[][] s_axesWithoutChannels = [[0], [0, 2], [0, 2, 3], [0, 2, 3, 4]];

    /// <summary>The sums of the channels, of [C].</summary>
    public static Tensor SumOfChannels(Tensor x) => Op.Apply(new SumOp(s_axesWithoutChannels[x.Rank - 2], keepDims: false), x);

    /// <exception cref="ShapeException">The tensor has no batch, no channels, or not one to three spatial axes.</exception>
    public static void Require(string name, Tensor x)
    {
        if (x.Rank is < 3 or > 5)
            throw new ShapeException($"{name}: input {x.Shape} has {x.Rank} axes; [N, C] and one to three spatial axes are needed. Use Unsqueeze(0) "
                + "for a single image, or Reshape.");
    }
}
